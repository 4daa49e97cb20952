import type { IngestPlan } from "../import/ingest-plan.ts";

/** Ids that an entry of the log names at most; of more it keeps the counts alone. */
export const MOST_IDS = 1_000;

/** What one transaction creates, changes and removes: exact counts, and the first 1,000 ids. */
export class ChangedRecords {
  readonly nodes = { created: [] as string[], updated: [] as string[], deleted: [] as string[] };
  readonly relationships = { created: [] as string[], updated: [] as string[], deleted: [] as string[] };
  readonly counts = { created: 0, updated: 0, deleted: 0 };
  #listed = 0;

  /** All that changed: nodes and relationships. */
  get total(): number {
    return this.counts.created + this.counts.updated + this.counts.deleted;
  }

  get truncated(): boolean {
    return this.#listed < this.total;
  }

  addPlan(plan: IngestPlan): void {
    for (const entities of plan.newEntities.values())
      for (const { id } of entities) this.#add("nodes", "created", String(id));
    for (const { id } of plan.changedEntities) this.#add("nodes", "updated", id);
    for (const relationships of plan.newRelationships.values())
      for (const { properties } of relationships) this.#add("relationships", "created", String(properties["id"]));
    for (const bySource of plan.changedRelationships.values())
      for (const changes of bySource.values())
        for (const id of changes.keys()) this.#add("relationships", "updated", id);
  }

  addDeleted(nodes: Iterable<string>, relationships: Iterable<string>): void {
    for (const id of nodes) this.#add("nodes", "deleted", id);
    for (const id of relationships) this.#add("relationships", "deleted", id);
  }

  /** Counts records of which no ids are kept. */
  addCounts({ created, updated, deleted }: Readonly<Record<"created" | "updated" | "deleted", number>>): void {
    this.counts.created += created;
    this.counts.updated += updated;
    this.counts.deleted += deleted;
  }

  #add(what: "nodes" | "relationships", how: "created" | "updated" | "deleted", id: string): void {
    this.counts[how] += 1;
    if (this.#listed >= MOST_IDS) return;
    this[what][how].push(id);
    this.#listed += 1;
  }
}
