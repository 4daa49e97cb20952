import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInput } from "../formats/open-input.ts";
import type { ImportProgress, ImportReport } from "../import/import-options.ts";
import { importRecords } from "../import/import-records.ts";
import type { Fault } from "../records.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { type MutationRequest, type MutationResult, runMutation } from "./run-mutation.ts";
import { Refused, type UserError, userErrorOf } from "./user-error.ts";

/** The formats that can be sent as text, with the ending of their files. */
const ENDINGS = { JSONL: "jsonl", CSV: "csv" } as const;
export type BatchFormat = keyof typeof ENDINGS;

export interface BatchInput {
  readonly format: BatchFormat;
  /** Texts of files, read as one input. */
  readonly content: readonly string[];
  readonly dataset: string | undefined;
  readonly replace: boolean;
}

export interface BatchResult extends MutationResult {
  readonly dataset: string | null;
  /** Nodes and relationships that were read. */
  readonly nodes: number;
  readonly relationships: number;
}

const NOTHING_READ = { dataset: null, nodes: 0, relationships: 0 };

/**
 * Imports texts as `liantu import` does files, in the transaction of one mutation.
 *
 * @throws GraphError BAD_INPUT where nothing names the data set, else as `runMutation`
 */
export async function importBatch(
  store: GraphStore,
  request: MutationRequest,
  { format, content, dataset, replace }: BatchInput,
  onProgress?: (progress: ImportProgress) => void,
): Promise<BatchResult> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-import-"));
  try {
    const paths = content.map((_, index) => join(folder, `content-${index}.${ENDINGS[format]}`));
    for (const [index, path] of paths.entries()) await writeFile(path, content[index]!, "utf8");
    let report: ImportReport | undefined;
    const { author, clientMutationId } = request;
    const result = await runMutation(store, request, async (tx) => {
      const input = await openInput(paths, { format: format === "CSV" ? "csv" : "jsonl", dataset });
      report = await importRecords(storeWithin(tx, store), input, {
        ...{ replace, author, clientMutationId },
        key: "",
        title: input.dataset.name,
        ...(onProgress === undefined ? {} : { onProgress }),
      });
      if (!report.stored) throw new Refused(errorsOf(report.faults.first, report.faults.count));
      const { created, updated, unchanged, deleted } = report;
      return { created, updated, unchanged, deleted };
    });
    const { nodes, relationships } = report ?? NOTHING_READ;
    const errors = result.errors.map(withPath);
    return { ...result, errors, dataset: report?.dataset ?? dataset ?? null, nodes, relationships };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A store whose every read and write is a part of one transaction. */
function storeWithin(tx: WriteTransaction, store: GraphStore): GraphStore {
  return {
    engine: store.engine,
    read: (query, params) => tx.run(query, params),
    // The version is told by the transaction that this is a part of.
    write: async (work) => ({ result: await work(tx), version: 0 }),
    writePart: (work) => work(tx),
    prepare: async () => undefined,
    ready: async () => undefined,
    close: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function errorsOf(first: readonly Fault[], count: number): readonly UserError[] {
  const errors = first.map(userErrorOf);
  if (count <= first.length) return errors;
  const rest = (count - first.length).toLocaleString("en");
  const more = { message: `… and ${rest} more`, messageZh: `……还有 ${rest} 处——请先改正以上各处再导入` };
  return [...errors, { code: "MORE_FAULTS", ...more, path: null, currentVersion: null }];
}

/** `content-0.csv:3.country` is the row 3 of `content[0]`. */
function withPath(error: UserError): UserError {
  const path = error.path?.replace(/^content-(\d+)\.\w+:(\d+)/, "content[$1]:$2") ?? null;
  const placed = (text: string): string => text.replaceAll(/\bcontent-(\d+)\.\w+:(\d+)/g, "content[$1]:$2");
  return { ...error, path, message: placed(error.message), messageZh: placed(error.messageZh) };
}
