import { GraphQLError } from "graphql";
import { GraphError, type GraphErrorCode } from "../graph/errors.ts";

/** The closed list of codes a caller may see, each with its HTTP status and when it comes; README's table mirrors it. */
export const PUBLIC_ERRORS = {
  BAD_USER_INPUT: { status: 400, text: "An argument or the document is wrong; the message names it." },
  UNAUTHENTICATED: { status: 401, text: "The call needs a key." },
  FORBIDDEN: { status: 403, text: "The caller's role, or the Host it called, does not allow it." },
  NOT_FOUND: { status: 404, text: "No such address, or a mutation names something that does not exist." },
  METHOD_NOT_ALLOWED: { status: 405, text: "Queries go by GET or POST, mutations by POST." },
  CONFLICT: { status: 409, text: "Someone else changed it meanwhile." },
  PAYLOAD_TOO_LARGE: { status: 413, text: "The body is over 1 MB." },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: "Bodies are JSON." },
  QUERY_TOO_COMPLEX: {
    status: 400,
    text: "The operation is too deep, too long or too wide; the message says which limit.",
  },
  RATE_LIMITED: { status: 429, text: "Too many calls." },
  TIMEOUT: { status: 504, text: "The answer took longer than the limit; ask for less." },
  DB_UNAVAILABLE: { status: 503, text: "The graph does not answer right now; try again." },
  OVERLOADED: { status: 503, text: "Too much at once; try again." },
  SHUTTING_DOWN: { status: 503, text: "The service is stopping; try again." },
  INTERNAL: { status: 500, text: "A fault of the service; the log has it under the request id." },
} as const;
const RETRIED: ReadonlySet<number> = new Set([429, 503, 504]);
const RETRY = { "retry-after": "2" };
export type PublicErrorCode = keyof typeof PUBLIC_ERRORS;

const FROM_GRAPH: Record<GraphErrorCode, PublicErrorCode> = {
  BAD_INPUT: "BAD_USER_INPUT",
  CONFLICT: "CONFLICT",
  FORBIDDEN: "FORBIDDEN",
  DB_UNAVAILABLE: "DB_UNAVAILABLE",
  DB_AUTH: "DB_UNAVAILABLE",
  DB_LOCKED: "DB_UNAVAILABLE",
  TIMEOUT: "TIMEOUT",
  CANCELLED: "TIMEOUT",
  OVERLOADED: "OVERLOADED",
  INTERNAL: "INTERNAL",
};

/** The headers of an answer with this status: when to come again, in seconds, where that may help. */
export function retryHeaders(status: number): Readonly<Record<string, string>> {
  return RETRIED.has(status) ? RETRY : {};
}

/** An error made to be shown. `spec`: under application/json GraphQL's own errors come with 200, as the audits ask. */
export function publicError(
  code: PublicErrorCode,
  message: string,
  options: { readonly cause?: unknown } = {},
): GraphQLError {
  const { status } = PUBLIC_ERRORS[code];
  return new GraphQLError(message, {
    originalError: options.cause instanceof Error ? options.cause : null,
    extensions: { code, http: { spec: true, status, ...(RETRIED.has(status) && { headers: RETRY }) } },
  });
}

/** Says in public terms what a caller can act on; anything else becomes INTERNAL, its text kept for the log alone. */
export function toPublicError(error: unknown): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const original = located?.originalError ?? (located === undefined ? error : undefined);
  if (original instanceof GraphError) {
    const code = FROM_GRAPH[original.code];
    const isTold = code === "BAD_USER_INPUT" || code === "CONFLICT" || code === "FORBIDDEN";
    const message = isTold ? original.message : PUBLIC_ERRORS[code].text;
    return withPlace(publicError(code, message, { cause: original }), located);
  }
  if (located !== undefined && original === undefined) {
    const known = located.extensions["code"];
    if (typeof known === "string" && Object.hasOwn(PUBLIC_ERRORS, known)) return located;
    return withPlace(fromLibrary(located), located);
  }
  if (original instanceof GraphQLError) return toPublicError(original);
  return withPlace(publicError("INTERNAL", PUBLIC_ERRORS.INTERNAL.text, { cause: original }), located);
}

/** An error of the GraphQL server itself: about the document, or, where it brings a status, about the request. */
function fromLibrary(error: GraphQLError): GraphQLError {
  const http = error.extensions["http"] as { readonly status?: number } | undefined;
  if (http?.status === undefined) return publicError("BAD_USER_INPUT", error.message);
  const code = http.status === PUBLIC_ERRORS.METHOD_NOT_ALLOWED.status ? "METHOD_NOT_ALLOWED" : "BAD_USER_INPUT";
  return new GraphQLError(error.message, { extensions: { code, http } });
}

function withPlace(error: GraphQLError, located: GraphQLError | undefined): GraphQLError {
  if (located === undefined) return error;
  return new GraphQLError(error.message, {
    nodes: located.nodes ?? null,
    source: located.source ?? null,
    positions: located.positions ?? null,
    path: located.path ?? null,
    originalError: error.originalError ?? null,
    extensions: error.extensions,
  });
}
