import type { IncomingMessage } from "node:http";

/**
 * A request as it comes over HTTP. Its signal is the given one, and its body is read off the connection: Node's own would
 * make a second signal that follows the first, and a stream that is read again, at every request.
 */
export class IncomingRequest extends Request {
  readonly #incoming: IncomingMessage;
  readonly #signal: AbortSignal;

  /** @throws TypeError where the address or a header cannot be read */
  constructor(incoming: IncomingMessage, signal: AbortSignal) {
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
    }
    super(url, { method: incoming.method ?? "GET", headers });
    this.#incoming = incoming;
    this.#signal = signal;
  }

  override get signal(): AbortSignal {
    return this.#signal;
  }

  /** The body as it comes. Giving it up leaves the connection, over which the refusal is to go. */
  chunks(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#incoming.iterator({ destroyOnReturn: false }) };
  }
}
