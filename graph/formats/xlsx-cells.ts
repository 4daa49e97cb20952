import type { CellValue } from "hucre/xlsx";
import type { PropertyDefinition } from "../ontology.ts";
import type { PropertyValue } from "../records.ts";
import { readCell, writeCell } from "./cells.ts";
import { guard, unguard } from "./excel-guard.ts";
import { BOOLEAN_LABELS, enumOf } from "./xlsx-sheets.ts";

/**
 * The value that a cell of a workbook stands for; undefined where it is empty: unknown. Values of closed lists and truth
 * values may be written as the lists of the template have them (量产, 是) or by their names; numbers, dates and truth
 * values in a column of texts become text. What is not of the property's type stays text, for the checks to name.
 */
export function readWorkbookCell(cell: CellValue, definition: PropertyDefinition): PropertyValue | undefined {
  if (cell === null) return undefined;
  if (typeof cell === "number")
    return definition.type === "double" || definition.type === "integer" ? cell : readText(String(cell), definition);
  if (typeof cell === "boolean") return definition.type === "boolean" ? cell : readText(String(cell), definition);
  return readText(typeof cell === "string" ? unguard(cell) : dateText(cell), definition);
}

/** The cell that `readWorkbookCell` reads as this value. */
export function writeWorkbookCell(value: PropertyValue, definition: PropertyDefinition): CellValue {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return BOOLEAN_LABELS[`${value}`];
  const labels = enumOf(definition);
  if (labels === undefined) return guard(writeCell(value));
  const labelOf = (key: string): string => Object.entries(labels).find(([name]) => name === key)?.[1].zh ?? key;
  return guard(writeCell(typeof value === "string" ? labelOf(value) : value.map(labelOf)));
}

/** A cell as plain text, such as an id or a title. */
export function cellText(cell: CellValue): string {
  if (cell === null) return "";
  if (typeof cell === "string") return unguard(cell);
  return cell instanceof Date ? dateText(cell) : String(cell);
}

function readText(text: string, definition: PropertyDefinition): PropertyValue | undefined {
  if (definition.type === "boolean") {
    const word = text.trim();
    if (word === BOOLEAN_LABELS.true) return true;
    if (word === BOOLEAN_LABELS.false) return false;
  }
  const value = readCell(text, definition);
  const labels = enumOf(definition);
  if (labels === undefined || value === undefined) return value;
  const keyOf = (label: string): string =>
    Object.entries(labels).find(([, { zh, en }]) => [zh, en].includes(label.trim()))?.[0] ?? label.trim();
  if (Array.isArray(value)) return value.map(keyOf);
  return typeof value === "string" ? keyOf(value) : value;
}

/** A day as YYYY-MM-DD; with its time where it has one. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
