import { connect } from "node:net";
import { expect } from "vitest";
import { PUBLIC_ERRORS } from "../../server/errors.ts";

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** What came back for bytes that were sent as they are, until the other side closed or `forMs` went by. */
export interface Conversation {
  readonly text: string;
  readonly isClosed: boolean;
  readonly ms: number;
}

/** Sends bytes to a service and listens; `isEnough` ends it before. */
export function talk(
  url: string,
  bytes: string | readonly string[],
  forMs = 3_000,
  isEnough: (text: string) => boolean = () => false,
): Promise<Conversation> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect(Number(port), hostname);
    let text = "";
    const end = (isClosed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, isClosed, ms: performance.now() - startedAt });
    };
    const timer = setTimeout(end, forMs, false);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (isEnough(text)) end(false);
    });
    socket.on("error", () => end(true)).on("close", () => end(true));
    for (const each of [bytes].flat()) socket.write(each);
  });
}

/** The answers that came back whole, in order. Bodies have a length, come in chunks or last to the end. */
export function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) break;
    const headers = rest.subarray(0, end).toString();
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1]);
    rest = rest.subarray(end + 4);
    const length = /^content-length: (\d+)/im.exec(headers)?.[1];
    let body = "";
    if (length !== undefined) {
      if (rest.length < Number(length)) break;
      body = rest.subarray(0, Number(length)).toString();
      rest = rest.subarray(Number(length));
    } else if (/^transfer-encoding: chunked/im.test(headers)) {
      for (;;) {
        const line = rest.indexOf("\r\n");
        if (line < 0) return answers;
        const size = Number.parseInt(rest.subarray(0, line).toString(), 16);
        body += rest.subarray(line + 2, line + 2 + size).toString();
        rest = rest.subarray(line + 4 + size);
        if (!(size > 0)) break;
      }
    } else {
      body = rest.toString();
      rest = Buffer.alloc(0);
    }
    answers.push({ status, headers, body });
  }
  return answers;
}

interface Refusal {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId: string };
  }[];
}

/** What no answer may tell: stacks, places in the code, statements, the engines' own errors. */
const SECRETS =
  /\n\s+at |node_modules|\/server\/|\/graph\/|\.ts\b|\.js:|Neo\.[A-Z]|MATCH \(|grafeo|did you mean|originalError/i;

/** Codes of a refusal, which must keep to the contract: JSON, known codes, a request id, nothing of the inside, and short. */
export function codesOf(body: string): string[] {
  expect(body.length).toBeLessThan(256_000);
  const { errors } = JSON.parse(body) as Refusal;
  expect(errors.length).toBeGreaterThan(0);
  for (const { message, extensions } of errors) {
    expect(Object.keys(PUBLIC_ERRORS)).toContain(extensions.code);
    expect(extensions.code).not.toBe("INTERNAL");
    expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(message).not.toMatch(SECRETS);
  }
  expect(body).not.toMatch(/"stack"|originalError/);
  return errors.map(({ extensions }) => extensions.code);
}

export const GRAPHQL_JSON = { "content-type": "application/json", accept: "application/graphql-response+json" };

/** Sends a body to `/graphql` and gives status and codes; none for an answer without errors. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly codes: readonly string[]; readonly body: string; readonly ms: number }> {
  const startedAt = performance.now();
  const duplex = body instanceof ReadableStream ? { duplex: "half" as const } : {};
  const response = await fetch(new URL("graphql", url), {
    method: "POST",
    headers: { ...GRAPHQL_JSON, ...headers },
    body,
    ...duplex,
  });
  const text = await response.text();
  const codes = text.includes('"errors"') ? codesOf(text) : [];
  return { status: response.status, codes, body: text, ms: performance.now() - startedAt };
}

/** Sends an operation. */
export function operation(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
) {
  return post(url, JSON.stringify({ query, variables }), headers);
}
