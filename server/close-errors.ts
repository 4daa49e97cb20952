import { randomUUID } from "node:crypto";
import { type ExecutionResult, GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { toPublicError } from "./errors.ts";
import type { Log } from "./log.ts";
import type { RequestIds } from "./request-ids.ts";

const ERROR_LIMIT = 20;
const MESSAGE_LIMIT = 2_000;

/**
 * The last word on errors, of answers and of the events of subscriptions: closed codes, no suggestions, a request id; what
 * is ours to mend is logged in full.
 */
export function closeErrors(log: Log, requestIds: RequestIds): Plugin {
  const closed = (result: ExecutionResult, request: Request): ExecutionResult => {
    if (result.errors === undefined || result.errors.length === 0) return result;
    const requestId = requestIds.of(request) ?? randomUUID();
    const errors = result.errors.slice(0, ERROR_LIMIT).map((error) => {
      const shown = toPublicError(error);
      if (shown.extensions["code"] === "INTERNAL")
        log.error({ err: error.originalError ?? error, requestId }, "a resolver failed");
      return stamped(shown, requestId);
    });
    return { ...result, errors };
  };
  return {
    onResultProcess({ request, result, setResult }) {
      if (Array.isArray(result)) return;
      if (Symbol.asyncIterator in result)
        setResult(eachChanged(result as AsyncIterable<ExecutionResult>, (event) => closed(event, request)));
      else setResult(closed(result as ExecutionResult, request));
    },
  };
}

function stamped(error: GraphQLError, requestId: string): GraphQLError {
  const message = error.message.replace(/ ?Did you mean [^?]*\?/g, "").slice(0, MESSAGE_LIMIT);
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...error.extensions, requestId },
  });
}

/** No generator: one that waits for an event cannot be ended. */
function eachChanged<Item>(items: AsyncIterable<Item>, change: (item: Item) => Item): AsyncIterableIterator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done === true ? { done, value: undefined } : { done: false, value: change(value) };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
