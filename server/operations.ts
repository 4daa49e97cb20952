import type { GraphQLParams, Plugin } from "graphql-yoga";
import type { Caller } from "./access/caller.ts";
import { AT_LEAST_HEADER } from "./at-least.ts";
import { boundedText, jsonDepth } from "./body.ts";
import { LIMITS } from "./guard.ts";
import { refusal } from "./refusal.ts";

/** A POST that was read: its body, and the operation in it. */
interface Read {
  readonly body: string;
  readonly operation: GraphQLParams;
}

/** Characters of a body whose answer may be shared: it is kept as long as its asker waits. */
const MOST_SHARED = 16_384;

/** The operations of requests, each read once and within limits before the GraphQL server sees it. */
export class Operations {
  readonly #read = new WeakMap<Request, Read>();

  /**
   * The refusal of what the GraphQL server may not see; null for a GET, or a POST with one JSON object within the limit of
   * size, which is then kept.
   */
  async read(request: Request): Promise<Response | null> {
    if (request.method === "GET") return wrongParameter(request);
    if (request.method !== "POST") return refusal("METHOD_NOT_ALLOWED");
    const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
    if (type !== "application/json")
      return refusal("UNSUPPORTED_MEDIA_TYPE", "Send the operation as application/json.");
    if (request.headers.has("content-encoding"))
      return refusal("UNSUPPORTED_MEDIA_TYPE", "Compressed bodies are not taken.");
    const body = await boundedText(request, LIMITS.bodyBytes);
    if (body === null) return refusal("PAYLOAD_TOO_LARGE");
    if (jsonDepth(body) > LIMITS.brackets)
      return refusal("BAD_USER_INPUT", `The body nests arrays and objects deeper than ${LIMITS.brackets}.`);
    let operation: unknown;
    try {
      operation = JSON.parse(body);
    } catch {
      return refusal("BAD_USER_INPUT", "The body is not JSON.");
    }
    if (typeof operation !== "object" || operation === null || Array.isArray(operation))
      return refusal(
        "BAD_USER_INPUT",
        "The body is one JSON object with `query`, and `variables` where there are some.",
      );
    this.#read.set(request, { body, operation });
    return null;
  }

  /**
   * All that the answer to a question depends on but the graph; null for what is no short question, and for a document that
   * could hold anything but queries, which it says in so many words.
   */
  question(request: Request, caller: Caller): string | null {
    const read = this.#read.get(request);
    if (read === undefined || read.body.length > MOST_SHARED) return null;
    if (/mutation|subscription/.test(String(read.operation.query))) return null;
    const { headers } = request;
    return JSON.stringify([caller, headers.get("accept"), headers.get(AT_LEAST_HEADER), read.body]);
  }

  /** Gives the GraphQL server what was read, which else would read it again. */
  plugin(): Plugin {
    return {
      onRequestParse: ({ request, setRequestParser }) => {
        const read = this.#read.get(request);
        if (read !== undefined) setRequestParser(() => read.operation);
      },
    };
  }
}

/** The refusal of a GET whose `variables` or `extensions` are no JSON, null where they are. */
function wrongParameter(request: Request): Response | null {
  const parameters = new URL(request.url).searchParams;
  for (const name of ["variables", "extensions"]) {
    try {
      const text = parameters.get(name) || "null";
      JSON.parse(jsonDepth(text) > LIMITS.brackets ? "" : text);
    } catch {
      return refusal("BAD_USER_INPUT", `\`${name}\` in the address is not JSON, or nests too deep.`);
    }
  }
  return null;
}
