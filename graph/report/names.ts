import type { Kind } from "../ontology.ts";
import type { Network } from "../projection/network.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** What an entity is called. */
export interface Named {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly nameEn: string | null;
  /** Code of a firm's country. */
  readonly country: string | null;
}

/** Entities by id, and jurisdictions by code as well. What is not recorded any more is not in it. */
export type Names = ReadonlyMap<string, Named>;

/** What these ids and codes of jurisdictions stand for, read in one statement. */
export async function readNames(
  store: GraphStore,
  network: Network,
  ids: Iterable<string>,
  options: ReadOptions = {},
): Promise<Names> {
  const idOf = new Map<string, string>();
  for (const id of ids) {
    const code = network.jurisdictionIndex.get(id);
    idOf.set(id, (code === undefined ? null : network.jurisdictionIds[code]) ?? id);
  }
  const rows = await store.read(entitiesById, { ids: [...new Set(idOf.values())] }, options);
  const found = new Map(rows.map((row) => [row.id, row]));
  const names = new Map<string, Named>();
  for (const [id, entity] of idOf) {
    const row = found.get(entity);
    if (row === undefined) continue;
    const { name, nameEn, country } = row.properties;
    names.set(id, {
      id: row.id,
      kind: row.kind,
      name: textOf(name) ?? row.id,
      nameEn: textOf(nameEn),
      country: textOf(country),
    });
  }
  return names;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
