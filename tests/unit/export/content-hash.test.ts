import fc from "fast-check";
import { expect, test } from "vitest";
import { contentHashOf } from "../../../graph/export/content-hash.ts";
import type { EntityRecord, RecordBatch } from "../../../graph/records.ts";

const firm: EntityRecord = {
  id: "firm-a",
  kind: "Firm",
  properties: { name: "甲", dataset: "test", assertion: "ASSUMED", aliases: ["a", "b"] },
};
const hashOf = (...entities: EntityRecord[]) => contentHashOf({ entities, relationships: [] });
const changed = (properties: EntityRecord["properties"]): EntityRecord => ({
  ...firm,
  properties: { ...firm.properties, ...properties },
});

test("has no order of records or properties, no bookkeeping, no empty lists and one zero", () => {
  const other: EntityRecord = { ...firm, id: "firm-b" };
  expect(hashOf(other, firm)).toBe(hashOf(firm, other));
  const { name, ...rest } = firm.properties;
  expect(hashOf({ ...firm, properties: { ...rest, name: name! } })).toBe(hashOf(firm));
  expect(hashOf(changed({ version: 7, updatedAt: "2026-01-01", searchText: "x", roles: [] }))).toBe(hashOf(firm));
  expect(hashOf(changed({ order: -0 }))).toBe(hashOf(changed({ order: 0 })));
});

test("tells every difference of content", () => {
  const graphs: RecordBatch[] = [
    { entities: [], relationships: [] },
    ...[
      firm,
      { ...firm, id: "firm-b" },
      { ...firm, kind: "Fund" } as const,
      changed({ name: "乙" }),
      changed({ aliases: ["b", "a"] }),
      changed({ aliases: ["a;b"] }),
      changed({ region: "" }),
      changed({ order: 1 }),
      changed({ order: "1" }),
    ].map((entity) => ({ entities: [entity], relationships: [] })),
    { entities: [firm, firm], relationships: [] },
    { entities: [], relationships: [{ id: "r", type: "OWNS", from: "a", to: "b", properties: {} }] },
    { entities: [], relationships: [{ id: "r", type: "OWNS", from: "b", to: "a", properties: {} }] },
  ];
  expect(new Set(graphs.map(contentHashOf)).size).toBe(graphs.length);
});

test("is the same for any order of many records", () => {
  const record = fc.record({ id: fc.uuid(), name: fc.string() });
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const entities = records.map(({ id, name }): EntityRecord => ({ id, kind: "Firm", properties: { name } }));
      expect(hashOf(...entities.toReversed())).toBe(hashOf(...entities));
    }),
  );
});
