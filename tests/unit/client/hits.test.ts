import { expect, test } from "vitest";
import { sourcesLast } from "../../../client/state/hits.ts";

test("A search lists documents after everything else, and keeps the order otherwise", () => {
  const hit = (id: string, kind: string) => ({ entity: { id, kind } });
  const found = [hit("s1", "Source"), hit("f", "Firm"), hit("s2", "Source"), hit("p", "Product")];
  expect(sourcesLast(found).map(({ entity }) => entity.id)).toStrictEqual(["f", "p", "s1", "s2"]);
  expect(sourcesLast([])).toStrictEqual([]);
});
