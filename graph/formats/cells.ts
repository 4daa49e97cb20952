import type { PropertyDefinition } from "../ontology.ts";
import type { PropertyValue } from "../records.ts";

/** What stands between the values of a list in one cell. */
const LIST_SEPARATOR = ";";
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The value a cell stands for; undefined where it is empty: unknown. Text that is not of the property's type stays text,
 * for the checks to name. A property without a definition is text.
 */
export function readCell(text: string, definition: PropertyDefinition | undefined): PropertyValue | undefined {
  if (text === "") return undefined;
  if (definition === undefined) return text;
  if (definition.type.endsWith("[]")) return text.split(LIST_SEPARATOR);
  const trimmed = text.trim();
  switch (definition.type) {
    case "double":
    case "integer":
      return NUMBER.test(trimmed) ? Number(trimmed) : text;
    case "boolean": {
      const word = trimmed.toLowerCase();
      return word === "true" || word === "false" ? word === "true" : text;
    }
    default:
      return text;
  }
}
