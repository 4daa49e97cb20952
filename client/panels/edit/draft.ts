import type { Property, Stored } from "../../api/edit.ts";

/** What stands in the fields of a form by the names of the properties; an empty text or list is unknown. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

type Value = string | number | boolean | readonly string[];

/** Whether a property is chosen from many rather than written: its draft is a list. */
export function isChosen({ property, type }: Property): boolean {
  return property === "sources" || (type.endsWith("[]") && type !== "string[]");
}

/** A stored record as the form shows it: a list of texts a line each. */
export function draftOf(properties: readonly Property[], record: Readonly<Record<string, unknown>>): Draft {
  return Object.fromEntries(properties.map((definition) => [definition.property, fieldOf(definition, record)]));
}

function fieldOf(definition: Property, record: Readonly<Record<string, unknown>>): string | readonly string[] {
  const value = record[definition.property];
  const list = Array.isArray(value) ? value.map(textOf) : [];
  if (isChosen(definition)) return list;
  if (definition.type === "string[]") return list.join("\n");
  return value === null || value === undefined ? "" : String(value);
}

function textOf(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id) : String(value);
}

/** The properties that a form says; what is no number or truth value stays text, for the service to name. */
export function propertiesOf(properties: readonly Property[], draft: Draft): Record<string, Value> {
  const known: [string, Value][] = [];
  for (const definition of properties) {
    const value = propertyOf(definition, draft[definition.property] ?? "");
    if (value !== null) known.push([definition.property, value]);
  }
  return Object.fromEntries(known);
}

function propertyOf({ type }: Property, field: string | readonly string[]): Value | null {
  if (typeof field !== "string") return field.length === 0 ? null : field;
  const text = field.trim();
  if (text === "") return null;
  if (type === "string[]") {
    const lines = text.split("\n").map((line) => line.trim());
    return lines.filter((line) => line !== "");
  }
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if ((type === "double" || type === "integer") && Number.isFinite(Number(text))) return Number(text);
  return text;
}

/** Names of the properties in which two drafts say different things. */
export function differing(one: Draft, other: Draft): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => JSON.stringify(one[name] ?? "") !== JSON.stringify(other[name] ?? ""));
}

/** Theirs with what was changed here since `base`: what one side alone has changed is taken from that side. */
export function merged(base: Draft, theirs: Draft, mine: Draft): Draft {
  const changed = differing(base, mine);
  return { ...theirs, ...Object.fromEntries(changed.map((name) => [name, mine[name] ?? ""])) };
}

/** A record's version; 0 where there is none. */
export function versionOf(record: Stored | null): number {
  return record?.version ?? 0;
}

/** An id for a new record: of its kind and its name in Latin letters, or of the kind and `mark` where it has none. */
export function newId(kind: string, draft: Draft, mark: string): string {
  const names = [draft["nameEn"], draft["titleEn"], draft["name"], draft["title"]];
  const slug = names
    .map((name) => (typeof name === "string" && !/[^\p{ASCII}]/u.test(name) ? name : ""))
    .map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"))
    .map((name) => name.replaceAll(/^-|-$/g, "").slice(0, 60))
    .find((name) => name !== "");
  return `${kind.replaceAll(/(?!^)[A-Z]/g, "-$&").toLowerCase()}-${slug ?? mark}`;
}
