import { GraphError } from "../errors.ts";
import type { Kind } from "../ontology.ts";
import { type LinkedColumns, linkedEntities, links } from "../queries/link-columns.ts";
import type { GraphStore } from "../store/store.ts";
import { buildLinks, type LinkRow, type Links } from "./links.ts";
import { readVersion, wholeState } from "./load.ts";

/** Entities of a page, whose relationships are read in one statement: small, as the service answers meanwhile. */
const PAGE = 2_000;
const TIMEOUT_MS = 60_000;
/** Relationships, or entities, beyond which they are left in the store. */
const MOST_LINKS = 500_000;

/** The graph is too large to be walked in memory. */
export class TooManyLinks extends Error {}

/**
 * Reads what the graph links, all of one version.
 *
 * @throws GraphError CONFLICT where the graph moved meanwhile, OVERLOADED where a bulk import is under way; TooManyLinks
 */
export async function loadLinks(store: GraphStore): Promise<Links> {
  const before = await state(store);
  const pages = await readEntities(store);
  const ids = new Map<number, string>();
  const entities: { readonly id: string; readonly kind: Kind }[] = [];
  for (const { key, id, kind } of pages) {
    for (let row = 0; row < key.length; row += 1) {
      ids.set(key[row]!, id[row]!);
      entities.push({ id: id[row]!, kind: kind[row]! });
    }
  }
  const rows: LinkRow[] = [];
  for (let page = 0; page < pages.length; page += 1) {
    const after = page === 0 ? "" : pages[page - 1]!.id.at(-1)!;
    const [read] = await store.read(links, { after, upto: pages[page]!.id.at(-1)! }, { timeoutMs: TIMEOUT_MS });
    const { from, to, id, type, assumed } = read!;
    if (rows.length + id.length > MOST_LINKS) throw new TooManyLinks();
    for (let row = 0; row < id.length; row += 1) {
      const ends = { from: ids.get(from[row]!), to: ids.get(to[row]!) };
      if (ends.from === undefined || ends.to === undefined) throw moved();
      rows.push({ id: id[row]!, type: type[row]!, from: ends.from, to: ends.to, assumed: assumed[row]! });
    }
  }
  const after = await state(store);
  if (after.version !== before.version || after.begun !== before.begun) throw moved();
  return buildLinks(entities, rows, after.version);
}

async function readEntities(store: GraphStore): Promise<readonly LinkedColumns[]> {
  const pages: LinkedColumns[] = [];
  for (let after = ""; ; after = pages.at(-1)!.id.at(-1)!) {
    const [page] = await store.read(linkedEntities, { after, limit: PAGE }, { timeoutMs: TIMEOUT_MS });
    if (page === undefined || page.id.length === 0) return pages;
    pages.push(page);
    if (page.id.length < PAGE) return pages;
    if (pages.length * PAGE > MOST_LINKS) throw new TooManyLinks();
  }
}

async function state(store: GraphStore): Promise<{ readonly version: number; readonly begun: number }> {
  const begun = await wholeState(store);
  return { version: await readVersion(store), begun };
}

function moved(): GraphError {
  return new GraphError("CONFLICT", "The graph changed while it was read");
}
