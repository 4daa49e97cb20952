import { randomUUID } from "node:crypto";

/** The id of each request, found by the request or by the signal that ends what is done for it. */
export class RequestIds {
  readonly #ids = new WeakMap<Request | AbortSignal, string>();

  /** Gives a request its id. */
  assign(request: Request): string {
    const id = randomUUID();
    this.#ids.set(request, id);
    return id;
  }

  /** From now on what has this signal is done for that request. */
  worksFor(request: Request, signal: AbortSignal): void {
    const id = this.#ids.get(request);
    if (id !== undefined) this.#ids.set(signal, id);
  }

  /** Undefined for what is done for no request, or without a signal. */
  of(doneWith: Request | AbortSignal | undefined): string | undefined {
    return doneWith === undefined ? undefined : this.#ids.get(doneWith);
  }
}
