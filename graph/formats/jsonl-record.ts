import { type Bilingual, KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";
import {
  type EntityRecord,
  type Fault,
  type Place,
  type PropertyValue,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../records.ts";
import { didYouMean, shown, zhList } from "../validation/faults.ts";
import type { InputFault } from "./input.ts";

/** What a line of JSON Lines says it is. */
export type LineSort = "entity" | "relationship" | "dataset";

type Fields = Readonly<Record<string, unknown>>;

const ENTITY_KEYS = ["kind", "id", "properties"];
/** What the keys with a closed list of values are called. */
const NAMES = { kind: "类别", type: "关系类型" } as const;
const RELATIONSHIP_KEYS = ["type", "id", "from", "to", "properties"];

/** What sort of line a value is by its keys; undefined where it is none. */
export function sortOf(value: unknown): LineSort | undefined {
  if (!isFields(value)) return undefined;
  if ("kind" in value) return "entity";
  if ("type" in value) return "relationship";
  return "dataset" in value ? "dataset" : undefined;
}

/** A node from its line, or every fault of the line. `dataset` is what it belongs to where it says nothing. */
export function entityOfLine(value: unknown, dataset: string, place: Place): EntityRecord | InputFault[] {
  const line = new LineReader(value, place);
  line.allowOnly(ENTITY_KEYS);
  const id = line.text("id");
  const kind = line.oneOf("kind", KIND_NAMES, "UNKNOWN_KIND");
  const properties = line.properties(dataset);
  if (line.faults.length === 0 && kind !== undefined) return { id, kind, properties, place };
  return line.faults.map((fault) => ({ fault, unread: id }));
}

/** A relationship from its line, or every fault of the line. */
export function relationshipOfLine(value: unknown, dataset: string, place: Place): RelationshipRecord | InputFault[] {
  const line = new LineReader(value, place);
  line.allowOnly(RELATIONSHIP_KEYS);
  const type = line.oneOf("type", RELATIONSHIP_TYPES, "UNKNOWN_TYPE");
  const from = line.text("from");
  const to = line.text("to");
  const properties = line.properties(dataset);
  const given = line.has("id") ? line.text("id") : undefined;
  if (line.faults.length > 0 || type === undefined) return line.faults.map((fault) => ({ fault }));
  return { id: given ?? relationshipId(from, type, to, properties), type, from, to, properties, place };
}

class LineReader {
  readonly faults: Fault[] = [];
  readonly #fields: Fields;
  readonly #place: Place;

  constructor(value: unknown, place: Place) {
    this.#fields = isFields(value) ? value : {};
    this.#place = place;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#fields, key);
  }

  allowOnly(keys: readonly string[]): void {
    for (const key of Object.keys(this.#fields)) {
      if (keys.includes(key)) continue;
      const remedy = didYouMean(key, keys) ?? proposal(keys);
      this.#fault(key, key, "UNKNOWN_KEY", {
        en: `a line has no key ${shown(key)}${remedy.en}`,
        zh: `一行中没有 ${shown(key)} 这个键${remedy.zh}`,
      });
    }
  }

  text(key: string): string {
    const value = this.#fields[key];
    if (typeof value === "string") return value;
    const problem =
      value === undefined
        ? { en: `there is no ${shown(key)}`, zh: `缺少 ${shown(key)}` }
        : { en: `${json(value)} is no text`, zh: `${json(value)} 不是文本` };
    this.#fault(key, value, "WRONG_TYPE", {
      en: `${problem.en} — write "${key}":"…"`,
      zh: `${problem.zh}——请写成 "${key}":"…"`,
    });
    return "";
  }

  oneOf<Name extends string>(key: keyof typeof NAMES, known: readonly Name[], code: string): Name | undefined {
    const value = this.#fields[key];
    const found = known.find((name) => name === value);
    if (found === undefined) {
      const remedy = (typeof value === "string" ? didYouMean(value, known) : undefined) ?? {
        en: ` — use ${known.join(", ")}`,
        zh: `——可用的有${zhList(known)}`,
      };
      this.#fault(key, value, code, {
        en: `there is no ${key} ${json(value)}${remedy.en}`,
        zh: `${NAMES[key]}（${key}）不能是 ${json(value)}${remedy.zh}`,
      });
    }
    return found;
  }

  properties(dataset: string): PropertyValues {
    const given = this.#fields["properties"] ?? {};
    const properties: [string, PropertyValue][] = [["dataset", dataset]];
    if (!isFields(given)) {
      this.#fault("properties", given, "WRONG_TYPE", {
        en: `${json(given)} is no object — write "properties":{"name":"…"}`,
        zh: `${json(given)} 不是对象——请写成 "properties":{"name":"…"}`,
      });
      return {};
    }
    for (const [name, value] of Object.entries(given)) {
      if (value === null) continue;
      if (isPropertyValue(value)) properties.push([name, value]);
      else
        this.#fault(name, value, "WRONG_TYPE", {
          en: `${json(value)} cannot be a property — write a text, a number, true, false or a list of texts; leave out what is unknown`,
          zh: `${json(value)} 不能作属性值——请写文本、数字、true、false 或文本列表，未知的不写`,
        });
    }
    return Object.fromEntries(properties);
  }

  #fault(field: string, value: unknown, code: string, { en, zh }: Bilingual): void {
    this.faults.push({
      place: this.#place,
      field,
      ...(value === undefined ? {} : { value: typeof value === "string" ? value : json(value) }),
      code,
      message: en,
      messageZh: zh,
    });
  }
}

function proposal(keys: readonly string[]): Bilingual {
  return {
    en: ` — it may have ${keys.join(", ")}; what describes the record stands in properties`,
    zh: `——可用的键有 ${keys.join("、")}；描述该记录的内容写在 properties 中`,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPropertyValue(value: unknown): value is PropertyValue {
  if (Array.isArray(value)) return value.every((element) => typeof element === "string");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** A value as JSON, cut at 80 characters. */
function json(value: unknown): string {
  const text = JSON.stringify(value) ?? "without a value";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
