import { AT_LEAST_HEADER } from "./at-least.ts";
import { REQUEST_ID_HEADER, refusal } from "./refusal.ts";

/** Seconds for which a browser may keep what a preflight said. */
const PREFLIGHT_SECONDS = 600;

/** What pages of other origins may do with `/graphql`: nothing, but for those of a list. */
export interface Cors {
  /** The answer to a browser's question beforehand; null for any other request. */
  preflight(request: Request): Response | null;
  /** Lets a page of the list read the response, and keeps caches from giving it to others. */
  mark(request: Request, response: Response): void;
}

/**
 * @param origins as a browser sends them (`https://planning.example`), each allowed by itself. Never with credentials: such a page sends a key or a token in a
 * header, the cookie is for the service's own page alone
 */
export function createCors(origins: readonly string[]): Cors {
  const originOf = ({ headers }: Request): string | null => {
    const origin = headers.get("origin");
    return origin !== null && origins.includes(origin) ? origin : null;
  };
  return {
    preflight(request) {
      const { headers, method } = request;
      if (method !== "OPTIONS" || !headers.has("origin") || !headers.has("access-control-request-method")) return null;
      if (originOf(request) === null)
        return refusal(
          "FORBIDDEN",
          "Pages of this origin may not ask here; LIANTU_ALLOWED_ORIGINS names those that may.",
        );
      const allowed = {
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": `authorization, content-type, ${AT_LEAST_HEADER}`,
        "access-control-max-age": String(PREFLIGHT_SECONDS),
      };
      return new Response(null, { status: 204, headers: allowed });
    },
    mark(request, { headers }) {
      if (origins.length === 0) return;
      headers.append("vary", "Origin");
      const origin = originOf(request);
      if (origin === null) return;
      headers.set("access-control-allow-origin", origin);
      headers.set("access-control-expose-headers", `${REQUEST_ID_HEADER}, retry-after`);
    },
  };
}
