import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { createEntities } from "../../graph/queries/write-entities.ts";
import { createRelationships } from "../../graph/queries/write-relationships.ts";
import type { PropertyValues } from "../../graph/records.ts";
import type { GraphStore, Statement } from "../../graph/store/store.ts";
import { describeEachEngine } from "../support/engines.ts";
import "../support/random-seed.ts";

const row = z.object({ stored: z.record(z.string(), z.unknown()) });
const entities = {
  name: "test.entities",
  row,
  text: cypher`MATCH (entity:Product) WHERE entity.id STARTS WITH $prefix RETURN properties(entity) AS stored ORDER BY entity.id`,
};
const relationships = {
  name: "test.relationships",
  row,
  text: cypher`
    MATCH (:Entity)-[relationship:SUPPLIES]->(:Entity) WHERE relationship.id STARTS WITH $prefix
    RETURN properties(relationship) AS stored ORDER BY relationship.id
  `,
};

/** Texts that the checks let through: of any characters but NUL and lone halves, not empty. */
const text = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom("r", "c", "e", "\n", "\t;", "a\u001fb", "晋华", "'", "\\"),
  )
  .filter((some) => !some.includes("\0") && some.trim() !== "");
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((some) => some + 0),
  fc.constantFrom(0, 1, 0.1, 1e21, 1e-7, 5e-324, Number.MAX_VALUE),
);
const list = fc.array(text, { minLength: 1, maxLength: 4 });
const stated = {
  dataset: fc.constantFrom("one", "another"),
  assertion: fc.constantFrom("ASSUMED", "STATED"),
  version: fc.integer({ min: 1, max: 3 }),
  updatedAt: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"),
};
const ALWAYS = ["dataset", "assertion", "version", "updatedAt"] as const;
const product = fc.record(
  { ...stated, name: text, searchText: text, aliases: list, developCost: number, elementary: fc.boolean() },
  { requiredKeys: ["name", ...ALWAYS] },
);
const offer = fc.record(
  { ...stated, share: number, readiness: fc.constantFrom("SAMPLE", "RESEARCH"), sources: list, locator: text },
  { requiredKeys: [...ALWAYS] },
);

/** Gives each an id, so that they sort as they stand. */
function withIds(prefix: string, records: readonly PropertyValues[]): PropertyValues[] {
  return records.map((record, at) => ({ ...record, id: `${prefix}${String(at).padStart(3, "0")}` }));
}

function write(store: GraphStore, { query, params }: Statement<never>): Promise<unknown> {
  return store.write((tx) => tx.run(query, params));
}

describeEachEngine("new records", (engine) => {
  test("are stored with the values that they have, and without those that they lack", async () => {
    await using store = await engine.open();
    let number = 0;
    const given = fc.tuple(
      fc.array(product as fc.Arbitrary<PropertyValues>, { minLength: 1, maxLength: 6 }),
      fc.array(offer as fc.Arbitrary<PropertyValues>, { minLength: 1, maxLength: 6 }),
    );
    const property = fc.asyncProperty(given, async ([products, offers]) => {
      number += 1;
      const prefix = `${number}-`;
      const made = withIds(prefix, products);
      await write(store, createEntities("Product", made));
      expect((await store.read(entities, { prefix })).map(({ stored }) => stored)).toEqual(made);
      const between = withIds(prefix, offers);
      const ends = { from: String(made[0]!["id"]), to: String(made.at(-1)!["id"]) };
      await write(
        store,
        createRelationships(
          "SUPPLIES",
          between.map((properties) => ({ ...ends, properties })),
        ),
      );
      expect((await store.read(relationships, { prefix })).map(({ stored }) => stored)).toEqual(between);
    });
    await fc.assert(property, { numRuns: 12 });
  });
});

describe("new records", () => {
  test.each([
    ["an empty text", { name: "" }],
    ["a text with a NUL", { name: "a\0rb" }],
    ["a number where a text belongs", { name: 1 }],
    ["a text where a number belongs", { name: "a", developCost: "1" }],
    ["a number that is none", { name: "a", developCost: Number.NaN }],
    ["an element with a NUL", { name: "a", aliases: ["a\0eb"] }],
    ["a property of another kind", { name: "a", share: 1 }],
  ])("are refused with %s", (_, properties) => {
    expect(() =>
      createEntities("Product", [
        { id: "a", name: "a" },
        { id: "b", ...properties },
      ]),
    ).toThrow(expect.objectContaining({ code: "BAD_INPUT" }));
  });
});
