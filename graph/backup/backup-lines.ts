import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { GraphError } from "../errors.ts";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";
import { apiKeyRow } from "../queries/api-keys.ts";

/** The format of backups; it goes up where an older Liantu could not read a new one. 2: with keys. */
export const FORMAT = 2;

const header = z.object({
  liantuBackup: z.int().positive(),
  /** The version of the graph that the backup holds. */
  graphVersion: z.int().nonnegative(),
  createdAt: z.string(),
  nodes: z.int().nonnegative(),
  relationships: z.int().nonnegative(),
});
export type BackupHeader = z.infer<typeof header>;

const bilingual = z.object({ zh: z.string(), en: z.string() });
const properties = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

const line = z.union([
  z.object({ kind: z.enum(KIND_NAMES), id: z.string(), properties }),
  z.object({ type: z.enum(RELATIONSHIP_TYPES), id: z.string(), from: z.string(), to: z.string(), properties }),
  z.object({
    dataset: z.object({
      name: z.string(),
      nameEn: z.string().optional(),
      title: bilingual,
      licence: z.string(),
      description: bilingual,
      internal: z.boolean().optional(),
    }),
  }),
  z.object({ apiKey: apiKeyRow }),
  z.object({ seeded: z.object({ datasets: z.array(z.string()), at: z.string() }) }),
  z.object({
    end: z.object({ entities: z.int().nonnegative(), relationships: z.int().nonnegative(), hash: z.string() }),
  }),
]);

/** One line of a backup behind its header; the last one is its `end`. */
export type BackupLine = z.infer<typeof line>;

/**
 * Reads a backup: its header, then its lines one by one.
 *
 * @throws GraphError BAD_INPUT where the file is missing, no backup, made by a newer Liantu, damaged or cut
 */
export async function* readBackup(path: string): AsyncGenerator<BackupHeader | BackupLine> {
  const packed = createReadStream(path);
  const text = createGunzip();
  packed.on("error", (error) => text.destroy(error));
  packed.pipe(text);
  let row = 0;
  let isWhole = false;
  try {
    for await (const read of linesOf(text)) {
      row += 1;
      const value = parsed(read, row);
      if (row === 1) yield headerOf(value);
      else {
        const checked = line.safeParse(value);
        if (!checked.success) throw damaged(row, checked.error);
        isWhole = "end" in checked.data;
        yield checked.data;
      }
    }
  } catch (cause) {
    if (cause instanceof GraphError) throw cause;
    throw damaged(row, cause);
  } finally {
    packed.destroy();
    text.destroy();
  }
  if (!isWhole) throw damaged(row, undefined);
}

async function* linesOf(text: NodeJS.ReadableStream): AsyncGenerator<string> {
  // Waits for errors of the stream too, which the lines' own iterator passes over.
  const failed = new Promise<never>((_, reject) => text.once("error", reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done === true) return;
    yield next.value;
  }
}

function headerOf(value: unknown): BackupHeader {
  const checked = header.safeParse(value);
  if (!checked.success) throw new GraphError("BAD_INPUT", "The file is no backup of Liantu", { cause: checked.error });
  if (checked.data.liantuBackup > FORMAT)
    throw new GraphError(
      "BAD_INPUT",
      `The backup is of format ${checked.data.liantuBackup}, this Liantu knows up to ${FORMAT}: update it first`,
    );
  return checked.data;
}

function parsed(text: string, row: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw row === 1 ? new GraphError("BAD_INPUT", "The file is no backup of Liantu", { cause }) : damaged(row, cause);
  }
}

function damaged(row: number, cause: unknown): GraphError {
  const what =
    row === 0
      ? "The file is no backup of Liantu, or cannot be read"
      : `The backup is damaged or cut behind line ${row}`;
  return new GraphError("BAD_INPUT", `${what}: take another one`, { cause });
}
