import { expect, test } from "vitest";
import { GraphError } from "../../../graph/errors.ts";
import { forwarding } from "../../../graph/store/forwarding.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { createSharedLookups } from "../../../server/shared-lookups.ts";
import { openSeededStore } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

/** The same store, whose reads wait until they are let go, and the ids that each asks for. */
function gated(store: GraphStore) {
  const asked: unknown[] = [];
  const gates: (() => void)[] = [];
  const read: GraphStore["read"] = async (query, params, options) => {
    asked.push(params["ids"]);
    await new Promise<void>((resolve) => gates.push(resolve));
    if (options?.signal?.aborted) throw new GraphError("CANCELLED", "ended");
    return store.read(query, params, options);
  };
  const letGo = (): void => {
    for (const gate of gates.splice(0)) gate();
  };
  return { store: forwarding(store, { read }), asked, letGo };
}

const forever = new AbortController().signal;
const LEADERS = ["firm-jinhua", "firm-sanan"];

test("who asks while two statements are under way shares the next, and each gets what it asked for", async () => {
  await using seeded = await openSeededStore(embedded);
  const { store, asked, letGo } = gated(seeded);
  const { entities } = createSharedLookups(store);
  const first = [entities(["firm-jinhua"], forever), entities(["firm-sanan"], forever)];
  const later = [entities(LEADERS, forever), entities(["firm-jinhua", "nobody"], forever)];
  expect(asked).toStrictEqual([["firm-jinhua"], ["firm-sanan"]]);
  letGo();
  await Promise.all(first);
  expect(asked.slice(2)).toStrictEqual([[...LEADERS, "nobody"]]);
  letGo();
  for (const rows of await Promise.all(later)) expect(rows.map(({ id }) => id).sort()).toStrictEqual(LEADERS);
});

test("who goes away ends its own statement and is not waited for, and the others of a shared one are answered", async () => {
  await using seeded = await openSeededStore(embedded);
  const { store, asked, letGo } = gated(seeded);
  const { entities } = createSharedLookups(store);
  const gone = new AbortController();
  const alone = entities(["firm-jinhua"], gone.signal);
  const other = entities(["firm-sanan"], forever);
  const waiting = entities(["firm-jinhua"], gone.signal);
  const staying = entities(["firm-sanan"], forever);
  gone.abort();
  await expect(alone).rejects.toMatchObject({ code: "CANCELLED" });
  await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
  letGo();
  await other;
  expect(asked.slice(2)).toStrictEqual([["firm-sanan"]]);
  letGo();
  expect((await staying).map(({ id }) => id)).toStrictEqual(["firm-sanan"]);
});

test("a failure reaches all who share the statement, and the next is asked anew", async () => {
  await using seeded = await openSeededStore(embedded);
  let isDown = true;
  const read: GraphStore["read"] = async (query, params, options) => {
    await Promise.resolve();
    if (isDown) throw new GraphError("DB_UNAVAILABLE", "down");
    return seeded.read(query, params, options);
  };
  const { entities } = createSharedLookups(forwarding(seeded, { read }));
  const asked = Array.from({ length: 5 }, () => entities(["firm-sanan"], forever));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toStrictEqual(Array(5).fill("rejected"));
  isDown = false;
  expect(await entities(["firm-sanan"], forever)).toHaveLength(1);
});
