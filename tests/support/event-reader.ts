import type { Api } from "./api.ts";

interface Event {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId: string };
  }[];
}

/** A subscription over Server-Sent Events, read one event at a time. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = "";
  #isCut = false;

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
    this.#reader.closed.catch(() => {
      this.#isCut = true;
    });
  }

  static async open(
    api: Pick<Api, "fetch">,
    query: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<EventReader> {
    const response = await api.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
      body: JSON.stringify({ query }),
    });
    return new EventReader(response.body!);
  }

  /** The subscription of an address. */
  static async get(api: Api, path: string): Promise<EventReader> {
    const response = await api.fetch(path, { headers: { accept: "text/event-stream" } });
    return new EventReader(response.body!);
  }

  /** The next event; undefined where the stream is complete. Heartbeats are read over. */
  async next(): Promise<Event | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (block.includes("event: complete")) return undefined;
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) return JSON.parse(data) as Event;
        continue;
      }
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#text += Buffer.from(value).toString("utf8");
    }
  }

  /** Whether the service has ended the connection; what was sent before is not read. */
  isCut(): boolean {
    return this.#isCut;
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}
