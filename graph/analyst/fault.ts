import { Interrupted } from "../analysis/checkpoint.ts";
import { GraphError, type GraphErrorCode } from "../errors.ts";

/** Why an analysis has no answer, as plain values: errors lose their class between threads. */
export interface Fault {
  readonly code: GraphErrorCode;
  readonly message: string;
  /** Of what was thrown, for the log. */
  readonly stack: string;
}

/** What was thrown, as a fault: a `GraphError` keeps its code and message, anything unexpected is INTERNAL. */
export function faultOf(analysis: string, error: unknown): Fault {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof GraphError) return { code: error.code, message: error.message, stack };
  if (error instanceof Interrupted)
    return { code: "CANCELLED", message: `The analysis ${analysis} was interrupted`, stack };
  return { code: "INTERNAL", message: `The analysis ${analysis} failed`, stack };
}

/** A fault as the error that a caller gets, with what was thrown as its cause. */
export function errorOf({ code, message, stack }: Fault): GraphError {
  const cause = new Error(message);
  cause.stack = stack;
  return new GraphError(code, message, { cause });
}
