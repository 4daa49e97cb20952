import { expect, test } from "vitest";
import { EMBEDDED } from "../reliability/engine.ts";
import { writeSameIds } from "../reliability/same-ids.ts";

test("16 clients who write the same 20 ids leave 20 nodes, and nobody reads half a write", async () => {
  const { nodes, torn, failures, writes } = await writeSameIds(EMBEDDED, 16, 20, 1);
  expect({ nodes, torn, failures }).toStrictEqual({ nodes: 20, torn: 0, failures: [] });
  expect(writes).toBeGreaterThan(0);
}, 300_000);
