import type { AnyVariables, CombinedError, DocumentInput } from "@urql/core";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { edition } from "../state/live.ts";
import { client } from "./client.ts";
import { useComeAgain } from "./come-again.ts";

/** An answer on its way, come or failed. While a new one is fetched, `data` is still the last one. */
export interface Query<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly loading: boolean;
  readonly retry: () => void;
  /** Whether what was refused is asked again without the reader. */
  readonly isComing: boolean;
}

type State<Data> = Omit<Query<Data>, "retry" | "isComing">;

/**
 * Asks the service whenever the variables change, and quietly again whenever the graph has changed; asks nothing while
 * the variables are null. What was refused for the moment it asks again a few times.
 */
export function useQuery<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables | null,
): Query<Data> {
  const [state, setState] = useState<State<Data>>({ data: undefined, error: undefined, loading: variables !== null });
  const [attempt, setAttempt] = useState(0);
  const asked = useRef("");
  const key = JSON.stringify(variables);
  const now = edition.value;
  useEffect(() => {
    if (variables === null) {
      setState({ data: undefined, error: undefined, loading: false });
      return;
    }
    const question = `${attempt} ${key}`;
    const isRefresh = asked.current === question;
    asked.current = question;
    if (!isRefresh) setState((last) => ({ ...last, loading: true }));
    const requestPolicy = attempt === 0 ? "cache-first" : "network-only";
    const { unsubscribe } = client.query(document, variables, { requestPolicy }).subscribe((result) => {
      // A refused question has null for data.
      const next = { data: result.data ?? undefined, error: result.error, loading: false };
      setState((last) => (isRefresh ? refreshed(last, next) : next));
    });
    return unsubscribe;
  }, [document, key, attempt, now]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const isComing = useComeAgain(key, state, retry);
  return { ...state, retry, isComing };
}

/** The same answer again is the same object, so that nothing is drawn anew; one that failed leaves what was there. */
function refreshed<Data>(last: State<Data>, next: State<Data>): State<Data> {
  if (next.data === undefined) return { ...next, data: last.data };
  const isSame = JSON.stringify(next.data) === JSON.stringify(last.data);
  if (isSame && next.error === undefined && last.error === undefined && !last.loading) return last;
  return isSame ? { ...next, data: last.data } : next;
}
