import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import type { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { GraphError } from "../../errors.ts";

const BUFFERED = 64 * 1024;

/** A file that is written beside its place and takes it, whole and on the disk, when it is committed. */
export class OutputFile {
  readonly #path: string;
  readonly #part: string;
  readonly #sink: Writable;
  readonly #written: Promise<void>;
  #text = "";

  /** `path` is replaced by `commit`; with `gzip` it is packed. */
  constructor(path: string, { gzip = false } = {}) {
    this.#path = path;
    this.#part = `${path}.part-${randomUUID()}`;
    const file = createWriteStream(this.#part, { flags: "wx" });
    if (gzip) {
      const packer = createGzip();
      this.#sink = packer;
      this.#written = pipeline(packer, file);
    } else {
      this.#sink = file;
      this.#written = finished(file);
    }
    this.#written.catch(() => undefined);
  }

  /** @throws GraphError BAD_INPUT where the file cannot be written */
  async write(text: string | Uint8Array): Promise<void> {
    if (typeof text === "string") {
      this.#text += text;
      if (this.#text.length >= BUFFERED) await this.#flush();
      return;
    }
    await this.#flush();
    await this.#push(text);
  }

  /** @throws GraphError BAD_INPUT where the file cannot be written */
  async commit(): Promise<void> {
    await this.#flush();
    try {
      this.#sink.end();
      await this.#written;
      const handle = await open(this.#part, "r+");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(this.#part, this.#path);
    } catch (cause) {
      throw cannotWrite(this.#path, cause);
    }
  }

  /** Leaves nothing behind; does nothing after `commit`. */
  async abandon(): Promise<void> {
    this.#sink.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#part, { force: true });
  }

  async #flush(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (text !== "") await this.#push(text);
  }

  async #push(chunk: string | Uint8Array): Promise<void> {
    try {
      if (this.#sink.errored !== null) throw this.#sink.errored;
      if (!this.#sink.write(chunk)) await Promise.race([once(this.#sink, "drain"), this.#written]);
    } catch (cause) {
      throw cannotWrite(this.#path, cause);
    }
  }
}

/** Writes one file in pieces, whole or not at all. */
export async function writeFileWhole(
  path: string,
  pieces: AsyncIterable<string> | Iterable<string | Uint8Array>,
  options: { readonly gzip?: boolean } = {},
): Promise<void> {
  const file = new OutputFile(path, options);
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

export function cannotWrite(path: string, cause: unknown): GraphError {
  if (cause instanceof GraphError) return cause;
  const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new GraphError(
    "BAD_INPUT",
    `${basename(path)} cannot be written${reason}: check the folder, rights and space`,
    {
      cause,
    },
  );
}
