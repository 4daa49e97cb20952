import type { CellValue, Sheet, Workbook } from "hucre/xlsx";
import type { EntityRecord, Fault, RelationshipRecord } from "../records.ts";
import { didYouMean, shown } from "../validation/faults.ts";
import type { InputFault } from "./input.ts";
import type { TableOrigin } from "./table.ts";
import { readSheet } from "./xlsx-rows.ts";
import { INSTRUCTIONS_SHEET, SHEETS, type SheetDefinition } from "./xlsx-sheets.ts";

/** The sheets of a workbook that hold records, and what is wrong with the others. */
export interface Book {
  readonly faults: readonly InputFault[];
  /** The records of the sheets of kinds or of types, sheet by sheet. */
  read(wanted: "kind" | "type"): Generator<EntityRecord | RelationshipRecord | InputFault>[];
}

/** A workbook as the template has it, wherever its bytes come from: nothing here needs a file system. */
export function readBook(workbook: Workbook, origin: TableOrigin): Book {
  const faults: InputFault[] = [];
  const sheets: { readonly sheet: Sheet; readonly definition: SheetDefinition }[] = [];
  for (const sheet of workbook.sheets) {
    const definition = definitionOf(sheet.name);
    if (definition !== undefined) sheets.push({ sheet, definition });
    else if (!isLeftOut(sheet)) faults.push({ fault: unknownSheet(sheet.name, origin.file) });
  }
  return {
    faults,
    read: (wanted) =>
      sheets
        .filter(({ definition }) => wanted in definition)
        .map(({ sheet, definition }) => readSheet(sheet, definition, origin)),
  };
}

function definitionOf(name: string): SheetDefinition | undefined {
  const wanted = name.trim().toLowerCase();
  return SHEETS.find((sheet) => namesOf(sheet).some((known) => known.toLowerCase() === wanted));
}

function namesOf(sheet: SheetDefinition): string[] {
  return [sheet.name, sheet.nameEn, "kind" in sheet ? sheet.kind : sheet.type];
}

/** Instructions, sheets that are set apart by `#`, and those that hold nothing. */
function isLeftOut({ name, rows }: Sheet): boolean {
  return name === INSTRUCTIONS_SHEET || name.startsWith("#") || rows.every((row) => row.every(isEmpty));
}

function isEmpty(cell: CellValue): boolean {
  return cell === null || cell === "";
}

function unknownSheet(name: string, file: string): Fault {
  const all = SHEETS.map((sheet) => sheet.name).join("、");
  const proposal = didYouMean(name, SHEETS.flatMap(namesOf)) ?? {
    en: ` — the sheets are ${all}`,
    zh: `——可用的工作表有${all}`,
  };
  return {
    place: { file: `${file}[${name}]`, row: 1 },
    value: name,
    code: "UNKNOWN_SHEET",
    message: `there is no kind or type ${shown(name)}${proposal.en} (Put # before the name of a sheet to leave it out.)`,
    messageZh: `没有 ${shown(name)} 这种节点或关系${proposal.zh}（不需导入的工作表，请在其名称前加 #。）`,
  };
}
