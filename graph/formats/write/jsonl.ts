import type { ExportedRecords } from "../../export/export-records.ts";
import { isDatasetName } from "../dataset.ts";
import { descriptionOf } from "./description.ts";
import { writeFileWhole } from "./output-file.ts";

/**
 * Writes one JSON object a line, as our import reads them: `{"dataset":…}` of the first data set, then
 * `{"kind","id","properties"}` and `{"type","id","from","to","properties"}`; each record names its own data set. Packed
 * where the name ends in `.gz`.
 *
 * @throws GraphError BAD_INPUT where the file cannot be written, CONFLICT where the graph changed meanwhile
 */
export async function writeJsonl(records: ExportedRecords, path: string): Promise<void> {
  await writeFileWhole(path, lines(records), { gzip: path.endsWith(".gz") });
}

async function* lines(records: ExportedRecords): AsyncGenerator<string> {
  const [dataset] = records.datasets.filter(({ name }) => isDatasetName(name));
  if (dataset !== undefined) yield line({ dataset: descriptionOf(dataset) });
  for await (const { kind, id, properties } of records.entities()) yield line({ kind, id, properties });
  for await (const { type, id, from, to, properties } of records.relationships())
    yield line({ type, id, from, to, properties });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
