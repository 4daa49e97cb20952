import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import type { Rejected } from "../../graph/import/import-options.ts";

/**
 * The rows that an import left out, as JSON Lines beside the input: place, faults and, where it could be read, the record.
 * The file is made with the first row.
 */
export class RejectedFile {
  readonly path: string;
  #stream: WriteStream | undefined;

  constructor(input: string) {
    this.path = `${input.replace(/[\\/]+$/, "")}.rejected.jsonl`;
  }

  add({ faults, record }: Rejected): void {
    this.#stream ??= createWriteStream(this.path);
    const place = record?.place ?? faults[0]?.place;
    const why = faults.map(({ field, value, code, message, messageZh }) => ({
      field,
      value,
      code,
      message,
      messageZh,
    }));
    const { place: _, ...row } = record ?? {};
    this.#stream.write(
      `${JSON.stringify({ ...place, faults: why, ...(record === undefined ? {} : { record: row }) })}\n`,
    );
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await once(this.#stream, "close");
  }
}
