import { computed, signal } from "@preact/signals";
import type { ResultOf } from "../api/graphql.ts";
import type { ontologyQuery } from "../api/ontology.ts";
import { language } from "./view.ts";

type Ontology = ResultOf<typeof ontologyQuery>["ontology"];
type Named = { readonly name: { readonly zh: string; readonly en: string } };

/** The service's names for kinds, relationships, values and marks; null until they have come. */
export const ontology = signal<Ontology | null>(null);

const table = computed(() => {
  const names = new Map<string, string>();
  const add = (group: string, key: string, { name }: Named): void => {
    names.set(`${group}.${key}`, name[language.value]);
  };
  const known = ontology.value;
  if (known === null) return names;
  for (const entry of known.kinds) add("kind", entry.kind, entry);
  for (const entry of known.relationshipTypes) add("type", entry.type, entry);
  for (const entry of known.marks) add("mark", entry.mark, entry);
  for (const group of known.enums) for (const entry of group.values) add(group.enum, entry.value, entry);
  return names;
});

/** The service's name for a value of a group (`kind`, `type`, `mark` or an enum's name). */
export function label(group: string, value: string): string {
  return table.value.get(`${group}.${value}`) ?? value;
}
