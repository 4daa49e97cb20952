import { type CellValue, writeXlsx as packWorkbook } from "hucre/xlsx";
import { GraphError } from "../../errors.ts";
import type { ExportedRecords } from "../../export/export-records.ts";
import type { Kind, RelationshipType } from "../../ontology.ts";
import type { PropertyValues } from "../../records.ts";
import { writeWorkbookCell } from "../xlsx-cells.ts";
import { HEADER_ROWS, SHEETS, type SheetDefinition } from "../xlsx-sheets.ts";
import { instructionsSheet, workbookSheet } from "../xlsx-template.ts";
import { descriptionOf } from "./description.ts";
import { writeFileWhole } from "./output-file.ts";

/** What Excel takes. */
const MOST_ROWS = 1_048_576 - HEADER_ROWS;
const LONGEST_TEXT = 32_767;

/**
 * Writes one workbook in the form of the template: the instructions with the first data set's description, then a sheet
 * for each kind and type, the empty ones too, so that it can be filled in further. Each row names its own data set. The
 * workbook is put together in memory.
 *
 * @throws GraphError BAD_INPUT where a sheet or a text is longer than Excel takes or the file cannot be written, CONFLICT
 * where the graph changed meanwhile
 */
export async function writeXlsx(records: ExportedRecords, path: string): Promise<void> {
  const rows = new Map<Kind | RelationshipType, CellValue[][]>();
  for await (const { id, kind, properties } of records.entities()) addRow(rows, kind, { id }, properties);
  for await (const { id, type, from, to, properties } of records.relationships())
    addRow(rows, type, { id, from, to }, properties);
  const [dataset] = records.datasets;
  const sheets = [
    instructionsSheet(dataset === undefined ? undefined : descriptionOf(dataset)),
    ...SHEETS.map((sheet) => workbookSheet(sheet, rows.get(nameOf(sheet)) ?? [])),
  ];
  await writeFileWhole(path, [await packWorkbook({ sheets })]);
}

const SHEET_OF = new Map(SHEETS.map((sheet) => [nameOf(sheet), sheet]));

function addRow(
  rows: Map<Kind | RelationshipType, CellValue[][]>,
  name: Kind | RelationshipType,
  place: Readonly<Record<string, string>>,
  properties: PropertyValues,
): void {
  const list = rows.get(name) ?? [];
  rows.set(name, list);
  if (list.length === MOST_ROWS)
    throw new GraphError("BAD_INPUT", `There are more ${name} than a sheet of Excel takes: export as CSV`);
  list.push(
    SHEET_OF.get(name)!.columns.map(({ key, definition }) => {
      const value = place[key] ?? properties[key];
      const cell = value === undefined ? null : escaped(writeWorkbookCell(value, definition));
      if (typeof cell === "string" && cell.length > LONGEST_TEXT)
        throw new GraphError(
          "BAD_INPUT",
          `The ${key} of ${name} ${place["id"]} is longer than a cell of Excel takes (${LONGEST_TEXT}): export as CSV`,
        );
      return cell;
    }),
  );
}

/** What a workbook would take for the code of a character (`_x000D_`) begins with the code of `_`. */
function escaped(cell: CellValue): CellValue {
  return typeof cell === "string" ? cell.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_") : cell;
}

function nameOf(sheet: SheetDefinition): Kind | RelationshipType {
  return "kind" in sheet ? sheet.kind : sheet.type;
}
