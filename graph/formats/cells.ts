import type { PropertyDefinition } from "../ontology.ts";
import type { PropertyValue } from "../records.ts";

/** Stands between the values of a list in one cell; within a value it has `\` before it, and so has `\` itself. */
const LIST_SEPARATOR = ";";
/** A separator or an escape; a `\` before anything else is plain text. */
const LIST_SIGN = /\\[\\;]|;/g;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The value a cell stands for; undefined where it is empty: unknown. Text that is not of the property's type stays text,
 * for the checks to name. A property without a definition is text.
 */
export function readCell(text: string, definition: PropertyDefinition | undefined): PropertyValue | undefined {
  if (text === "") return undefined;
  switch (definition?.type) {
    case "double":
    case "integer": {
      const digits = text.trim();
      return NUMBER.test(digits) ? Number(digits) : text;
    }
    case "boolean": {
      const word = text.trim().toLowerCase();
      return word === "true" || word === "false" ? word === "true" : text;
    }
    default:
      return definition?.type.endsWith("[]") === true ? splitList(text) : text;
  }
}

/** The text of a cell that `readCell` reads as this value. */
export function writeCell(value: PropertyValue): string {
  if (typeof value !== "object") return String(value);
  return value.map((element) => element.replaceAll(/[\\;]/g, "\\$&")).join(LIST_SEPARATOR);
}

function splitList(text: string): string[] {
  if (!text.includes("\\")) return text.includes(LIST_SEPARATOR) ? text.split(LIST_SEPARATOR) : [text];
  const elements: string[] = [];
  let element = "";
  let end = 0;
  for (const { 0: sign, index } of text.matchAll(LIST_SIGN)) {
    element += text.slice(end, index);
    end = index + sign.length;
    if (sign === LIST_SEPARATOR) {
      elements.push(element);
      element = "";
    } else element += sign.slice(1);
  }
  return [...elements, element + text.slice(end)];
}
