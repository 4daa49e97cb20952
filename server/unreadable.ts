import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { PublicErrorCode } from "./errors.ts";
import { refusal } from "./refusal.ts";

/** More headers than any client of ours sends. */
const MOST_HEADERS = 200;
const TOO_MANY = "The headers and the address take 16 KB in 200 headers at most.";
const HOST = /^[\w.:[\]-]+$/;
/** Methods that the Fetch standard has no request for. */
const UNSPEAKABLE: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The refusal of a request that could be read in two ways or takes more than is read; null where there is none. */
export function refusalOfHead({ method = "GET", rawHeaders, headers }: IncomingMessage): Response | null {
  if (UNSPEAKABLE.has(method)) return refusal("METHOD_NOT_ALLOWED");
  if (rawHeaders.length > 2 * MOST_HEADERS) return refusal("PAYLOAD_TOO_LARGE", TOO_MANY, {}, 431);
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts !== 1 || !HOST.test(headers.host ?? "")) return refusal("BAD_USER_INPUT", "The request names no one Host.");
  return null;
}

/** What Node's parser refused, answered as everything else is, and the end of the connection. */
export async function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): Promise<void> {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, status, message] = meaningOf(error.code);
  const response = refusal(code, message, { connection: "close" }, status);
  const body = await response.text();
  const head = [...response.headers, ["content-length", Buffer.byteLength(body)]].map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("\r\n")}\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
}

function meaningOf(code: string | undefined): readonly [PublicErrorCode, number, string] {
  if (code === "HPE_HEADER_OVERFLOW") return ["PAYLOAD_TOO_LARGE", 431, TOO_MANY];
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW")
    return ["PAYLOAD_TOO_LARGE", 413, "The extensions of a chunk are too long."];
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return ["TIMEOUT", 408, "The request did not come whole in its time."];
  return ["BAD_USER_INPUT", 400, "This is no HTTP/1.1 request."];
}
