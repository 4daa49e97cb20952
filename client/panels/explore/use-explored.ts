import type { CombinedError } from "@urql/core";
import { useEffect, useRef, useState } from "preact/hooks";
import { client } from "../../api/client.ts";
import { useComeAgain } from "../../api/come-again.ts";
import { neighborhoodQuery, pathsQuery } from "../../api/explore.ts";
import type { ResultOf, VariablesOf } from "../../api/graphql.ts";
import { type Query, useQuery } from "../../api/use-query.ts";
import type { Graph } from "../../canvas/drawing.ts";
import { edition } from "../../state/live.ts";
import type { Opening, View } from "../../state/permalink.ts";

/** How many neighbours one opening brings at most. */
export const NEIGHBORS = 150;
/** How long a connection may be, in relationships. */
export const PATH_LENGTH = 6;

type TypeList = NonNullable<VariablesOf<typeof neighborhoodQuery>["types"]>;

/** What the openings of a view have brought so far. */
export interface Opened {
  readonly graphs: readonly Graph[];
  readonly truncated: boolean;
  readonly loading: boolean;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
  readonly isComing: boolean;
}

/** Asks for the neighbours of every opening, and quietly again whenever the graph has changed. */
export function useOpenings(open: readonly Opening[]): Opened {
  const [state, setState] = useState<Omit<Opened, "retry" | "isComing">>({
    graphs: [],
    truncated: false,
    loading: open.length > 0,
    error: undefined,
  });
  const [attempt, setAttempt] = useState(0);
  const asked = useRef("");
  const key = JSON.stringify(open);
  const now = edition.value;
  useEffect(() => {
    let isCurrent = true;
    const question = `${attempt} ${key}`;
    const isRefresh = asked.current === question;
    asked.current = question;
    if (!isRefresh) setState((last) => ({ ...last, loading: open.length > 0, error: undefined }));
    const requestPolicy = attempt === 0 ? "cache-first" : "network-only";
    const answers = open.map(({ id, type }) => {
      // The service refuses a type it does not know; the URL may hold one.
      const types = type === "" ? null : ([type] as TypeList);
      return client.query(neighborhoodQuery, { id, types, first: NEIGHBORS }, { requestPolicy }).toPromise();
    });
    void Promise.all(answers).then((results) => {
      if (!isCurrent) return;
      const found = results.flatMap((result) => result.data?.neighborhood ?? []);
      const error = results.find((result) => result.error !== undefined)?.error;
      const graphs = found.map((answer) => answer.subgraph);
      setState((last) => {
        if (isRefresh && error !== undefined) return { ...last, loading: false, error };
        const isSame = JSON.stringify(last.graphs) === JSON.stringify(graphs);
        return {
          graphs: isSame ? last.graphs : graphs,
          truncated: found.some((answer) => answer.truncated),
          loading: false,
          error,
        };
      });
    });
    return () => {
      isCurrent = false;
    };
  }, [key, attempt, now]);
  const retry = (): void => setAttempt((count) => count + 1);
  return { ...state, retry, isComing: useComeAgain(key, state, retry) };
}

/** The connections between the two ends that the view names, if it names both. */
export function usePaths({ pathFrom, pathTo }: View): Query<ResultOf<typeof pathsQuery>> {
  const isAsked = pathFrom !== null && pathTo !== null && pathFrom !== pathTo;
  return useQuery(pathsQuery, isAsked ? { from: pathFrom, to: pathTo, maxLength: PATH_LENGTH, first: 5 } : null);
}
