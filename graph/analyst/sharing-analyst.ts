import { serialize } from "node:v8";
import type { Network } from "../projection/network.ts";
import { givenUp, unlessGivenUp } from "../store/limit.ts";
import type { AnalysisName, AnswerOf, RequestOf } from "./analyses.ts";
import type { Analyst, AskOptions } from "./analyst.ts";

interface UnderWay {
  readonly answer: Promise<unknown>;
  readonly ended: AbortController;
  /** Those who still wait for it. */
  askers: number;
}

/**
 * The same analyst, who works one question out once for all that ask it of the same network meanwhile: after a change of
 * the graph every open page asks anew what the others ask. It is given up when all who asked it went away.
 */
export function createSharingAnalyst(analyst: Analyst): Analyst {
  const underWay = new WeakMap<Network, Map<string, UnderWay>>();
  const begin = <Name extends AnalysisName>(
    network: Network,
    name: Name,
    request: RequestOf<Name>,
    key: string,
  ): UnderWay => {
    const ofNetwork = underWay.get(network) ?? new Map<string, UnderWay>();
    underWay.set(network, ofNetwork);
    const ended = new AbortController();
    const answer = analyst.ask(network, name, request, { signal: ended.signal });
    const begun: UnderWay = { answer, ended, askers: 0 };
    ofNetwork.set(key, begun);
    const leave = (): void => {
      if (ofNetwork.get(key) === begun) ofNetwork.delete(key);
    };
    ended.signal.addEventListener("abort", leave);
    answer.then(leave, leave);
    return begun;
  };
  return {
    async ask<Name extends AnalysisName>(
      network: Network,
      name: Name,
      request: RequestOf<Name>,
      { signal }: AskOptions = {},
    ): Promise<AnswerOf<Name>> {
      const title = `The analysis ${name}`;
      if (signal?.aborted === true) throw givenUp(title, signal.reason);
      const key = `${name} ${serialize(request).toString("latin1")}`;
      const shared = underWay.get(network)?.get(key) ?? begin(network, name, request, key);
      shared.askers += 1;
      try {
        return (await unlessGivenUp(title, shared.answer, signal)) as AnswerOf<Name>;
      } finally {
        shared.askers -= 1;
        if (shared.askers === 0) shared.ended.abort(signal?.reason);
      }
    },
    close: () => analyst.close(),
    [Symbol.asyncDispose]: () => analyst[Symbol.asyncDispose](),
  };
}
