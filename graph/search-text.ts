import type { EntityRecord } from "./records.ts";

/** The properties by which people look for an entity, beside its id. */
const SEARCHED = ["name", "nameEn", "title", "aliases", "code", "stockCode", "creditCode", "documentNumber"];

/** Words of ASCII with one space between them, which nothing but their case can tell from their normal form. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Stands between the parts of a search text; no normalised text holds it. */
const SEPARATOR = "\n";

/**
 * Text as search compares it: NFKC (full-width letters and digits become plain ones), lower case, every run of white
 * space one space, none at the ends. Idempotent.
 */
export function normalise(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.normalize("NFKC").toLowerCase().normalize("NFKC").replaceAll(/\s+/gu, " ").trim();
}

/** What is stored as `searchText`: the normalised names, aliases and codes of an entity and its id, one a line. */
export function searchText({ id, properties }: Pick<EntityRecord, "id" | "properties">): string {
  const texts = SEARCHED.flatMap((name) => properties[name] ?? []).filter((value) => typeof value === "string");
  const parts = [...texts, id].map(normalise).filter((part) => part !== "");
  return [...new Set(parts)].join(SEPARATOR);
}
