import { type Bilingual, ENUMS, type PropertyDefinition } from "../ontology.ts";
import type { Fault, PropertyValue } from "../records.ts";
import { didYouMean, shown, zhNamed, zhOf } from "./faults.ts";

/** What is wrong with a value, without its place. */
export type ValueFault = Pick<Fault, "code" | "message" | "messageZh" | "value">;

/** Begins with something to be seen and holds neither a NUL nor a lost character: what nearly all texts do. */
const SOUND = /^[^\s\0\uFFFD\uD800-\uDFFF][^\0\uFFFD\uD800-\uDFFF]*$/;
const DATE = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;
/** Of each closed list, the values with their names. */
const ALLOWED = new Map(
  Object.entries(ENUMS).map(([name, values]) => [name, new Map<string, Bilingual>(Object.entries(values))]),
);
/** What a value of a type is called where it is not of it. */
const WANTED = {
  list: { en: "a list of texts", zh: "文本列表" },
  truth: { en: "true or false", zh: "真假值（true 或 false）" },
  number: { en: "a number such as 0.25", zh: "数字（如 0.25）" },
  integer: { en: "a whole number", zh: "整数" },
  text: { en: "a text", zh: "文本" },
} as const satisfies Record<string, Bilingual>;
/** Most values are right, and millions are looked at: they share one answer. */
const NONE: readonly ValueFault[] = [];
const patterns = new Map<string, RegExp>();
const elements = new WeakMap<PropertyDefinition, Scalar>();

/** What is wrong with the value of a property, list elements one by one; nothing where it is right. */
export function valueFaults(definition: PropertyDefinition, value: PropertyValue): readonly ValueFault[] {
  if (!definition.type.endsWith("[]")) return scalarFaults(definition, value);
  if (!Array.isArray(value)) return [wrongType("list", value)];
  const element = elementOf(definition);
  let faults = NONE;
  for (const each of value) {
    const found = scalarFaults(element, each);
    if (found.length > 0) faults = [...faults, ...found];
  }
  return faults;
}

/** What an element of a list is defined as; worked out once. */
function elementOf(list: PropertyDefinition): Scalar {
  let element = elements.get(list);
  if (element === undefined) {
    element = { ...list, type: list.type.slice(0, -2) };
    elements.set(list, element);
  }
  return element;
}

/** What is wrong with a piece of text as such: NUL bytes and lost characters. */
export function textFault(text: string): ValueFault | undefined {
  if (text.includes("\0"))
    return {
      value: text,
      code: "NUL",
      message: `${shown(text)} holds a NUL character — remove it`,
      messageZh: `${shown(text)} 含有空字符（NUL）——请删去`,
    };
  if (text.includes("\uFFFD") || !text.isWellFormed())
    return {
      value: text,
      code: "MOJIBAKE",
      message: `${shown(text)} holds the sign of a lost character — save the original as UTF-8 again`,
      messageZh: `${shown(text)} 含有表示字符已丢失的符号——请把原文件重新另存为 UTF-8`,
    };
  return undefined;
}

type Scalar = Omit<PropertyDefinition, "type"> & { readonly type: string };

function scalarFaults(definition: Scalar, value: unknown): readonly ValueFault[] {
  switch (definition.type) {
    case "boolean":
      return typeof value === "boolean" ? NONE : [wrongType("truth", value)];
    case "double":
    case "integer":
      return numberFaults(definition, value);
    default:
      return typeof value === "string" ? stringFaults(definition, value) : [wrongType("text", value)];
  }
}

function numberFaults({ type, min, max }: Scalar, value: unknown): readonly ValueFault[] {
  if (typeof value !== "number" || !Number.isFinite(value)) return [wrongType("number", value)];
  if (type === "integer" && !Number.isSafeInteger(value)) return [wrongType("integer", value)];
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return NONE;
  const bounds = boundsOf(min, max);
  return [
    {
      value: String(value),
      code: "OUT_OF_BOUNDS",
      message: `${value} is out of bounds — it must be ${bounds.en}`,
      messageZh: `${value} 超出范围——须${bounds.zh}`,
    },
  ];
}

function boundsOf(min: number | undefined, max: number | undefined): Bilingual {
  if (max === undefined) return { en: `at least ${min}`, zh: `不小于 ${min}` };
  if (min === undefined) return { en: `at most ${max}`, zh: `不大于 ${max}` };
  return { en: `from ${min} to ${max}`, zh: `在 ${min} 到 ${max} 之间` };
}

function stringFaults(definition: Scalar, value: string): readonly ValueFault[] {
  const { type, pattern } = definition;
  const allowed = ALLOWED.get(type);
  if (allowed?.has(value) === true) return NONE;
  const unsound = SOUND.test(value) ? undefined : blankOrBroken(value);
  if (unsound !== undefined) return [unsound];
  if (allowed !== undefined)
    return [
      {
        value,
        code: "NOT_ALLOWED",
        message: `${shown(value)} is not allowed — use ${[...allowed.keys()].join(", ")}`,
        messageZh: `${shown(value)} 不在可选值之列——请填写${[...allowed].map((value) => zhNamed(...value)).join("、")}之一`,
      },
    ];
  if (type === "date" && !isDate(value))
    return [
      {
        value,
        code: "NOT_A_DATE",
        message: `${shown(value)} is no date — write YYYY, YYYY-MM or YYYY-MM-DD`,
        messageZh: `${shown(value)} 不是日期——请写成 YYYY、YYYY-MM 或 YYYY-MM-DD`,
      },
    ];
  if (pattern !== undefined && !wholly(pattern.source).test(value))
    return [
      {
        value,
        code: "PATTERN",
        message: `${shown(value)} does not fit — write ${pattern.meaning.en}`,
        messageZh: `${shown(value)} 不符合格式——请填写 ${pattern.meaning.zh}`,
      },
    ];
  return NONE;
}

function blankOrBroken(value: string): ValueFault | undefined {
  if (value.trim() !== "") return textFault(value);
  return {
    value,
    code: "BLANK",
    message: "there is only space here — leave it empty where it is unknown",
    messageZh: "此处只有空格——未知时请留空",
  };
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

function wrongType(wanted: keyof typeof WANTED, value: unknown): ValueFault {
  const text = typeof value === "string" ? value : String(value);
  return {
    value: text,
    code: "WRONG_TYPE",
    message: `${shown(text)} is not ${WANTED[wanted].en} — correct it, or leave it out`,
    messageZh: `${shown(text)} 不是${WANTED[wanted].zh}——请改正，未知时留空`,
  };
}

/** That a kind or type (`owner`) has no such property, with those that a misspelt name may have meant. */
export function unknownProperty(
  name: string,
  owner: string,
  known: ReadonlyMap<string, PropertyDefinition>,
): ValueFault {
  const remedy = didYouMean(name, known.keys()) ?? {
    en: ` — it may have ${[...known.keys()].join(", ")}`,
    zh: `——可用的属性有${[...known].map((property) => zhNamed(...property)).join("、")}`,
  };
  return {
    value: name,
    code: "UNKNOWN_PROPERTY",
    message: `${owner} has no property ${shown(name)}${remedy.en}`,
    messageZh: `${zhOf(owner)}没有属性 ${shown(name)}${remedy.zh}`,
  };
}
