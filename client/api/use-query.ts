import type { AnyVariables, CombinedError, DocumentInput } from "@urql/core";
import { useCallback, useEffect, useState } from "preact/hooks";
import { client } from "./client.ts";

/** An answer on its way, come or failed. While a new one is fetched, `data` is still the last one. */
export interface Query<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly loading: boolean;
  readonly retry: () => void;
}

/** Asks the service whenever the variables change; asks nothing while they are null. */
export function useQuery<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables | null,
): Query<Data> {
  const [state, setState] = useState<Omit<Query<Data>, "retry">>({
    data: undefined,
    error: undefined,
    loading: variables !== null,
  });
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (variables === null) {
      setState({ data: undefined, error: undefined, loading: false });
      return;
    }
    setState((last) => ({ ...last, loading: true }));
    const requestPolicy = attempt === 0 ? "cache-first" : "network-only";
    const { unsubscribe } = client.query(document, variables, { requestPolicy }).subscribe((result) => {
      // A refused question has null for data.
      setState({ data: result.data ?? undefined, error: result.error, loading: false });
    });
    return unsubscribe;
  }, [document, key, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...state, retry };
}
