/** Why the graph could not do what was asked; the only error that leaves `graph/` for a fault of the world. */
export type GraphErrorCode =
  | "BAD_INPUT" // the records or arguments are wrong: `faults` says where
  | "CONFLICT" // someone else changed it, or writes right now
  | "FORBIDDEN" // the caller may not see all that the answer rests on
  | "DB_UNAVAILABLE" // the engine does not answer
  | "DB_AUTH" // the engine refuses the user name or password
  | "DB_LOCKED" // another process has the embedded store open
  | "TIMEOUT"
  | "CANCELLED"
  | "OVERLOADED"
  | "INTERNAL";

export class GraphError extends Error {
  readonly code: GraphErrorCode;

  constructor(code: GraphErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GraphError";
    this.code = code;
  }
}
