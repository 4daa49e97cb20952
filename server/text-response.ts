/**
 * A response that keeps a body that was given as a text, for whoever sends it as a whole: Node's own makes a stream of it
 * and reads that again, which takes longer than most answers. Any other body is as in Node's own.
 */
export class TextResponse extends Response {
  /** The whole body; null where it was given as something else, and is then in `body`. */
  readonly whole: string | null;

  constructor(body?: ConstructorParameters<typeof Response>[0], init?: ResponseInit) {
    const whole = typeof body === "string" ? body : null;
    super(whole === null ? body : null, init);
    this.whole = whole;
  }

  override async text(): Promise<string> {
    return this.whole ?? super.text();
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.whole === null ? super.arrayBuffer() : new Response(this.whole).arrayBuffer();
  }
}

/** The bytes of a body, whole; null where there is none. */
export async function bytesOf(response: Response): Promise<Buffer | null> {
  if (response instanceof TextResponse && response.whole !== null) return Buffer.from(response.whole);
  return response.body === null ? null : Buffer.from(await response.arrayBuffer());
}
