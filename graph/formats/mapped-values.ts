import type { Bilingual, PropertyDefinition } from "../ontology.ts";
import type { PropertyValue } from "../records.ts";
import { shown } from "../validation/faults.ts";
import { readCell } from "./cells.ts";
import type { ForeignRow, ForeignValue } from "./mapped-rows.ts";
import type { MappedValue } from "./mapping.ts";

const UNSAFE = /[^A-Za-z0-9._:-]/gu;

/** The id that a template and a row make; the column that is empty where one is. */
export function fillTemplate(
  template: string,
  row: ForeignRow,
): { readonly text: string } | { readonly missing: string } {
  let missing: string | undefined;
  const text = template.replaceAll(/\{([^{}]+)\}/g, (_, column: string) => {
    const value = textOf(row.value(column));
    if (value === "") missing ??= column;
    return value.replaceAll(UNSAFE, (character) => `~${character.codePointAt(0)!.toString(16)}~`);
  });
  return missing === undefined ? { text } : { missing };
}

/** The row once for each value of the column that is split; as it is where none is. */
export function expandRow(
  row: ForeignRow,
  each: { readonly column: string; readonly split: string } | undefined,
): ForeignRow[] {
  if (each === undefined) return [row];
  const found = row.value(each.column);
  const values = Array.isArray(found) ? found : splitText(textOf(found), each.split);
  if (values.length === 0) return [row];
  return values.map((value) => ({
    place: row.place,
    value: (column) => (column === each.column ? value : row.value(column)),
  }));
}

/**
 * A property from its row; undefined where it is unknown there. What is not of the property's type stays as it is, for
 * the checks to name; a value that the mapping has no word for is a problem of its own.
 */
export function readMapped(
  mapped: MappedValue,
  row: ForeignRow,
  definition: PropertyDefinition | undefined,
): PropertyValue | { readonly problem: Bilingual; readonly value: string } | undefined {
  if (typeof mapped === "object" && "constant" in mapped) return mapped.constant;
  const { column, split, values, scale } = typeof mapped === "string" ? { column: mapped } : mapped;
  const found = row.value(column);
  if (found === undefined) return undefined;
  if (scale !== undefined) return scaled(textOf(found), scale);
  const parts = split === undefined || typeof found !== "string" ? found : splitText(found, split);
  if (values === undefined) return ofType(parts, definition);
  const texts = Array.isArray(parts) ? parts : [textOf(parts)];
  const words: string[] = [];
  for (const text of texts) {
    const word = Object.hasOwn(values, text) ? values[text] : undefined;
    if (word === undefined) {
      const known = Object.keys(values);
      const problem = {
        en: `the mapping has no word for ${shown(text)} — it has ${known.join(", ")}; add it there`,
        zh: `映射中没有 ${shown(text)} 对应的值——现有 ${known.join("、")}，请在映射中补上`,
      };
      return { value: text, problem };
    }
    words.push(word);
  }
  return Array.isArray(parts) ? words : ofType(words[0], definition);
}

function ofType(value: ForeignValue, definition: PropertyDefinition | undefined): PropertyValue | undefined {
  if (value === undefined) return undefined;
  const type = definition?.type ?? "string";
  if (type.endsWith("[]")) return Array.isArray(value) ? value : [textOf(value)];
  if (typeof value === "string") return readCell(value, definition);
  if (typeof value === "number" && (type === "double" || type === "integer")) return value;
  return typeof value === "boolean" && type === "boolean" ? value : textOf(value);
}

/** The number in a text moved by powers of ten, so that 7 with -2 is 0.07 exactly; a % sign is passed over. */
function scaled(text: string, scale: number): PropertyValue {
  const digits = text.trim().replace(/%$/, "");
  return /^[+-]?\d+(?:\.\d+)?$/.test(digits) ? Number(`${digits}e${scale}`) : text;
}

function splitText(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function textOf(value: ForeignValue): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? value.join(" ") : String(value).trim();
}
