import { ENUMS, type PropertyDefinition } from "../ontology.ts";
import type { Fault, PropertyValue } from "../records.ts";
import { didYouMean, shown } from "./faults.ts";

/** What is wrong with a value, without its place. */
export type ValueFault = Pick<Fault, "code" | "message" | "value">;

const DATE = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;
/** Of each closed list, the values as a set. */
const ALLOWED = new Map(Object.entries(ENUMS).map(([name, values]) => [name, new Set(Object.keys(values))]));
const patterns = new Map<string, RegExp>();

/** What is wrong with the value of a property, list elements one by one; nothing where it is right. */
export function valueFaults(definition: PropertyDefinition, value: PropertyValue): ValueFault[] {
  if (definition.type.endsWith("[]")) {
    if (!Array.isArray(value)) return [wrongType("a list of texts", value)];
    const base = { ...definition, type: definition.type.slice(0, -2) };
    return value.flatMap((element) => scalarFaults(base, element));
  }
  return scalarFaults(definition, value);
}

/** What is wrong with a piece of text as such: NUL bytes and lost characters. */
export function textFault(text: string): ValueFault | undefined {
  if (text.includes("\0"))
    return {
      value: text,
      code: "NUL",
      message: `${shown(text)} holds a NUL character — remove it`,
    };
  if (text.includes("\uFFFD") || !text.isWellFormed())
    return {
      value: text,
      code: "MOJIBAKE",
      message: `${shown(text)} holds the sign of a lost character — save the original as UTF-8 again`,
    };
  return undefined;
}

type Scalar = Omit<PropertyDefinition, "type"> & { readonly type: string };

function scalarFaults(definition: Scalar, value: unknown): ValueFault[] {
  switch (definition.type) {
    case "boolean":
      return typeof value === "boolean" ? [] : [wrongType("true or false", value)];
    case "double":
    case "integer":
      return numberFaults(definition, value);
    default:
      return typeof value === "string" ? stringFaults(definition, value) : [wrongType("a text", value)];
  }
}

function numberFaults({ type, min, max }: Scalar, value: unknown): ValueFault[] {
  if (typeof value !== "number" || !Number.isFinite(value)) return [wrongType("a number such as 0.25", value)];
  if (type === "integer" && !Number.isSafeInteger(value)) return [wrongType("a whole number", value)];
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return [];
  const bounds = max === undefined ? `at least ${min}` : min === undefined ? `at most ${max}` : `from ${min} to ${max}`;
  return [
    {
      value: String(value),
      code: "OUT_OF_BOUNDS",
      message: `${value} is out of bounds — it must be ${bounds}`,
    },
  ];
}

function stringFaults(definition: Scalar, value: string): ValueFault[] {
  const { type, pattern } = definition;
  if (value.trim() === "")
    return [
      {
        value,
        code: "BLANK",
        message: "there is only space here — leave it empty where it is unknown",
      },
    ];
  const broken = textFault(value);
  if (broken !== undefined) return [broken];
  const allowed = ALLOWED.get(type);
  if (allowed !== undefined) {
    if (allowed.has(value)) return [];
    return [
      {
        value,
        code: "NOT_ALLOWED",
        message: `${shown(value)} is not allowed — use ${[...allowed].join(", ")}`,
      },
    ];
  }
  if (type === "date" && !isDate(value))
    return [
      {
        value,
        code: "NOT_A_DATE",
        message: `${shown(value)} is no date — write YYYY, YYYY-MM or YYYY-MM-DD`,
      },
    ];
  if (pattern !== undefined && !wholly(pattern.source).test(value))
    return [
      {
        value,
        code: "PATTERN",
        message: `${shown(value)} does not fit — write ${pattern.meaning}`,
      },
    ];
  return [];
}

/** The pattern that a whole text must match; made once. */
function wholly(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(`^(?:${source})$`, "u");
    patterns.set(source, pattern);
  }
  return pattern;
}

function isDate(text: string): boolean {
  const match = DATE.exec(text)?.groups;
  if (match === undefined) return false;
  const [year, month, day] = [match["year"], match["month"] ?? "01", match["day"] ?? "01"].map(Number);
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year!, month! - 1, day!);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

function wrongType(wanted: string, value: unknown): ValueFault {
  const text = typeof value === "string" ? value : String(value);
  return {
    value: text,
    code: "WRONG_TYPE",
    message: `${shown(text)} is not ${wanted} — correct it, or leave it out`,
  };
}

/** The names of an object's own keys that a misspelt one may have meant. */
export function unknownProperty(name: string, owner: string, known: readonly string[]): ValueFault {
  const remedy = didYouMean(name, known) || ` — it may have ${known.join(", ")}`;
  return {
    value: name,
    code: "UNKNOWN_PROPERTY",
    message: `${owner} has no property ${shown(name)}${remedy}`,
  };
}
