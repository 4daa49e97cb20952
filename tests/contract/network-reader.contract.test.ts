import fc from "fast-check";
import { expect, test } from "vitest";
import { SYSTEM } from "../../graph/changes/record-change.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { deleteEntities, deleteRelationships } from "../../graph/mutation/delete.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { NetworkReader } from "../../graph/projection/reader.ts";
import type { EntityRecord, RecordBatch, RelationshipRecord } from "../../graph/records.ts";
import { forwarding } from "../../graph/store/forwarding.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEachEngine } from "../support/engines.ts";
import { randomNetwork } from "../support/random-network.ts";
import { recordsOfRows } from "../support/records-of-rows.ts";

const PAGE_ROWS = 3;
const request = { author: SYSTEM, clientMutationId: undefined, content: null, changesKept: 1_000 };

/** One write; the number says of which record. */
type Step = readonly [what: "join" | "change" | "move" | "add" | "part" | "delete", at: number];

const steps = fc.array(
  fc.tuple(
    fc.constantFrom<Step[0][]>("join", "change", "move", "add", "part", "delete"),
    fc.integer({ min: 0, max: 1_000 }),
  ),
  { minLength: 3, maxLength: 8 },
);

describeEachEngine("Reading the network again after small writes", (engine) => {
  test("gives what reading all of it gives, whatever was written, and reads a part", { timeout: 300_000 }, async () => {
    let [partly, all] = [0, 0];
    await fc.assert(
      fc.asyncProperty(randomNetwork({ items: 9, firms: 7 }), steps, async (rows, written) => {
        await using store = await engine.open();
        const graph = new GraphInSteps(store, reserved(recordsOfRows(rows)));
        await graph.begin();
        const counted = countingItems(store);
        const reader = new NetworkReader(counted.store, { pageRows: PAGE_ROWS });
        const wholes = await counted.of(() => reader.read());
        for (const step of written) {
          if (!(await graph.take(step))) continue;
          const { result, reads } = await counted.of(() => reader.read());
          expect(result).toStrictEqual(await loadNetwork(store));
          all += 1;
          if (reads < wholes.reads) partly += 1;
        }
      }),
      { numRuns: engine.name === "embedded" ? 40 : 4, seed: 20261126 },
    );
    expect(all).toBeGreaterThan(10);
    expect(partly / all).toBeGreaterThan(0.5);
  });

  test("reads all of it where the log does not tell what was written, or a page has grown", async () => {
    await using store = await engine.open();
    const firm = (number: number): EntityRecord => ({
      id: `firm-${number}`,
      kind: "Firm",
      properties: { name: `${number}`, dataset: "test", assertion: "ASSUMED" },
    });
    const write = (first: number, count: number) =>
      ingest(store, { entities: Array.from({ length: count }, (_, at) => firm(first + at)), relationships: [] });
    await write(100, 2);
    const reader = new NetworkReader(store, { pageRows: PAGE_ROWS });
    await reader.read();
    await write(200, 12);
    expect(await reader.read()).toStrictEqual(await loadNetwork(store));
    // A version without an entry in the log.
    await store.write(async () => undefined);
    await write(300, 1);
    expect(await reader.read()).toStrictEqual(await loadNetwork(store));
    await write(1_000, 1_500);
    expect(await reader.read()).toStrictEqual(await loadNetwork(store));
  });
});

/** A graph that holds half of some relationships at first, and is changed bit by bit. */
class GraphInSteps {
  readonly #store: GraphStore;
  readonly #entities: Map<string, EntityRecord>;
  readonly #relationships: RelationshipRecord[];
  #made = 0;

  constructor(store: GraphStore, { entities, relationships }: RecordBatch) {
    this.#store = store;
    this.#entities = new Map(entities.map((entity) => [entity.id, entity]));
    this.#relationships = [...relationships];
  }

  async begin(): Promise<void> {
    const half = this.#relationships.filter((_, index) => index % 2 === 0);
    await ingest(this.#store, { entities: [...this.#entities.values()], relationships: half });
  }

  /** Whether anything could be done. */
  async take([what, at]: Step): Promise<boolean> {
    const relationship = this.#relationships[at % Math.max(1, this.#relationships.length)];
    const firms = [...this.#entities.values()].filter(({ kind }) => kind === "Firm");
    const firm = firms[at % Math.max(1, firms.length)];
    if (what === "add") {
      const properties = { name: "new", country: "DE", dataset: "test", assertion: "ASSUMED" };
      return this.#write([{ id: `f${at}-${this.#made++}`, kind: "Firm", properties }], []);
    }
    if (what === "move" && firm !== undefined)
      return this.#write([{ ...firm, properties: { ...firm.properties, country: at % 2 === 0 ? "NL" : "SG" } }], []);
    if (what === "delete") {
      const id = [...this.#entities.keys()][at % this.#entities.size]!;
      const { deleted } = await deleteEntities(this.#store, request, [{ id }], true).catch(() => ({ deleted: 0 }));
      if (deleted === 0) return false;
      this.#entities.delete(id);
      return true;
    }
    if (relationship === undefined || !this.#stands(relationship)) return false;
    if (what === "join") return this.#write([], [relationship]);
    if (what === "part") {
      const { id } = relationship;
      const { deleted } = await deleteRelationships(this.#store, request, [{ id }]).catch(() => ({ deleted: 0 }));
      return deleted > 0;
    }
    const validFrom = `20${10 + (at % 20)}`;
    const { validTo, ...properties } = relationship.properties;
    return this.#write([], [{ ...relationship, properties: { ...properties, validFrom } }]);
  }

  #stands({ from, to, properties }: RelationshipRecord): boolean {
    const { product } = properties;
    return [from, to, ...(typeof product === "string" ? [product] : [])].every((id) => this.#entities.has(id));
  }

  async #write(entities: readonly EntityRecord[], relationships: readonly RelationshipRecord[]): Promise<boolean> {
    const { created, updated } = await ingest(this.#store, { entities, relationships });
    for (const entity of entities) this.#entities.set(entity.id, entity);
    return created + updated > 0;
  }
}

/** With ids that tell where a relationship begins. */
function reserved({ entities, relationships }: RecordBatch): RecordBatch {
  return {
    entities,
    relationships: relationships.map((each) => ({ ...each, id: `${each.from}:${each.type}:${each.to}:${each.id}` })),
  };
}

/** Counts how often nodes and edges were read. */
function countingItems(store: GraphStore) {
  let reads = 0;
  const count = (name: string): void => {
    if (name.startsWith("network")) reads += 1;
  };
  const counted = forwarding(store, {
    read: (query, params, options) => {
      count(query.name);
      return store.read(query, params, options);
    },
    ...(store.snapshot && {
      snapshot: (work) =>
        store.snapshot!((moment) =>
          work({
            run: (query, params) => {
              count(query.name);
              return moment.run(query, params);
            },
          }),
        ),
    }),
  });
  return {
    store: counted,
    of: async <Result>(work: () => Promise<Result>) => {
      const before = reads;
      const result = await work();
      return { result, reads: reads - before };
    },
  };
}
