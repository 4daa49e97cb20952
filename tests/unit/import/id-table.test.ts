import fc from "fast-check";
import { expect, test } from "vitest";
import { IdTable } from "../../../graph/import/id-table.ts";

test("the table is a map from ids to bytes, however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 12 }), fc.integer({ min: 1, max: 255 }))), (pairs) => {
      const table = new IdTable();
      const map = new Map<string, number>();
      for (const [id, byte] of pairs) {
        expect(table.set(id, byte)).toBe(map.get(id) ?? 0);
        map.set(id, byte);
      }
      for (const [id, byte] of map) expect(table.get(id)).toBe(byte);
      expect([table.size, table.get("not there at all")]).toStrictEqual([map.size, 0]);
    }),
  );
  const table = new IdTable();
  for (let index = 0; index < 50_000; index += 1) expect(table.set(`firm-${index}`, 1 + (index % 255))).toBe(0);
  for (let index = 0; index < 50_000; index += 1) expect(table.get(`firm-${index}`)).toBe(1 + (index % 255));
  expect(table.size).toBe(50_000);
});
