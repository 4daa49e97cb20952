import type { ChangeRow } from "../queries/changes.ts";
import { sourceOfReservedForm } from "../relationship-ids.ts";

/** What writes have changed, as far as reading a part of the graph again needs to know. */
export interface Touched {
  /** Ids of nodes that were made, changed or removed. */
  readonly nodes: ReadonlySet<string>;
  /** Ids of the nodes at which relationships begin that were. */
  readonly sources: ReadonlySet<string>;
}

/** What entries of the log of changes say was touched; null where they do not name all of it. */
export function touchedBy(changes: readonly ChangeRow[]): Touched | null {
  const nodes = new Set<string>();
  const sources = new Set<string>();
  for (const change of changes) {
    if (change.truncated) return null;
    for (const ids of [change.createdNodes, change.updatedNodes, change.deletedNodes])
      for (const id of ids) nodes.add(id);
    for (const ids of [change.createdRelationships, change.updatedRelationships, change.deletedRelationships])
      for (const id of ids) {
        const source = sourceOfReservedForm(id);
        if (source === undefined) return null;
        sources.add(source);
      }
  }
  return { nodes, sources };
}
