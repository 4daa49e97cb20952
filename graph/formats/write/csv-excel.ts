import type { ExportedRecords } from "../../export/export-records.ts";
import { writeCsvFolder } from "./csv.ts";

/**
 * As `writeCsv`, for Excel: a byte order mark, so that it shows Chinese; lines that end as Windows ends them; and a `'`
 * before every text that it would run as a formula (beginning with `=`, `+`, `-`, `@`, tab or return) or take for an error
 * (`#N/A`), of which import removes exactly one.
 *
 * @throws GraphError as `writeCsv`
 */
export async function writeCsvExcel(records: ExportedRecords, folder: string): Promise<void> {
  await writeCsvFolder(records, folder, { forExcel: true });
}
