import { randomUUID } from "node:crypto";
import { PUBLIC_ERRORS, type PublicErrorCode, retryHeaders } from "./errors.ts";
import { PAGE_STYLE_SOURCE } from "./report/page-style.ts";

/** What every response says to the browser of what it may do. */
export const SECURITY_HEADERS = [
  [
    "content-security-policy",
    // A report is previewed in a frame, which is under the policy of the page around it.
    `default-src 'none'; script-src 'self'; style-src 'self' ${PAGE_STYLE_SOURCE}; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types liantu`,
  ],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
] as const;

/** Where people come by https: for a year their browsers take no other way to this host. Nothing is said of hosts below it. */
export const STRICT_TRANSPORT = ["strict-transport-security", "max-age=31536000"] as const;

/** Names a request in its answer, as the log does. */
export const REQUEST_ID_HEADER = "x-request-id";

/** A refusal as it is sent. */
export interface PlainRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal outside GraphQL, in the same form as one within. */
export function plainRefusal(
  code: PublicErrorCode,
  message: string = PUBLIC_ERRORS[code].text,
  headers: Readonly<Record<string, string>> = {},
  status: number = PUBLIC_ERRORS[code].status,
): PlainRefusal {
  const requestId = randomUUID();
  const shown = {
    "content-type": "application/json",
    ...SECURITY,
    [REQUEST_ID_HEADER]: requestId,
    ...retryHeaders(status),
    ...headers,
  };
  return { status, headers: shown, body: JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] }) };
}

/** As `plainRefusal`. */
export function refusal(...asked: Parameters<typeof plainRefusal>): Response {
  const { status, headers, body } = plainRefusal(...asked);
  return new Response(body, { status, headers });
}

const SECURITY = Object.fromEntries(SECURITY_HEADERS);
