import { GraphError, type GraphErrorCode } from "../errors.ts";
import { forwarding } from "./forwarding.ts";
import type { GraphStore, Params, Query, WriteTransaction } from "./store.ts";

/** One statement as it went: its name, never its parameters. */
export interface ObservedStatement {
  readonly name: string;
  readonly ms: number;
  readonly outcome: "OK" | GraphErrorCode;
  /** That of the caller for whom it was read or written, where there is one. */
  readonly signal: AbortSignal | undefined;
}

/** The same store, which tells of every statement, those within a write too, once it has ended. */
export function observedStore(store: GraphStore, tell: (statement: ObservedStatement) => void): GraphStore {
  const timed = async <Result>(name: string, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> => {
    const began = performance.now();
    const told = (outcome: ObservedStatement["outcome"]): void =>
      tell({ name, ms: performance.now() - began, outcome, signal });
    try {
      const result = await work();
      told("OK");
      return result;
    } catch (error) {
      told(error instanceof GraphError ? error.code : "INTERNAL");
      throw error;
    }
  };
  const within = (tx: WriteTransaction, signal?: AbortSignal): WriteTransaction => ({
    run: <Row>(query: Query<Row>, params: Params) => timed(query.name, () => tx.run(query, params), signal),
  });
  return forwarding(store, {
    read: (query, params, options) => timed(query.name, () => store.read(query, params, options), options?.signal),
    write: (work, options) => store.write((tx) => work(within(tx, options?.signal)), options),
    writePart: (work) => store.writePart((tx) => work(within(tx))),
    ...(store.snapshot && { snapshot: (work) => store.snapshot!((reader) => work(within(reader))) }),
    ...(store.lastCommit && { lastCommit: () => timed("lastCommit", () => store.lastCommit!()) }),
  });
}
