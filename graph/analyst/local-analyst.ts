import type { Network } from "../projection/network.ts";
import { givenUp } from "../store/limit.ts";
import { type AnalysisName, type AnswerOf, analyze, type RequestOf } from "./analyses.ts";
import type { Analyst, AskOptions } from "./analyst.ts";
import { createDesk, type Desk } from "./desk.ts";
import { errorOf, faultOf } from "./fault.ts";

/** Answers in the caller's own thread, which does nothing else meanwhile: for commands, which have nothing else to do. */
export function createLocalAnalyst(): Analyst {
  const desks = new WeakMap<Network, Desk>();
  const deskOf = (network: Network): Desk => {
    const desk = desks.get(network) ?? createDesk(network);
    desks.set(network, desk);
    return desk;
  };
  const close = async (): Promise<void> => undefined;
  return {
    async ask<Name extends AnalysisName>(
      network: Network,
      name: Name,
      request: RequestOf<Name>,
      { signal }: AskOptions = {},
    ): Promise<AnswerOf<Name>> {
      if (signal?.aborted) throw givenUp(`The analysis ${name}`, signal.reason);
      try {
        return analyze(deskOf(network), name, request);
      } catch (error) {
        throw errorOf(faultOf(name, error));
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
