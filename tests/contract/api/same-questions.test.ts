import { expect, test } from "vitest";
import { forwarding } from "../../../graph/store/forwarding.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { createAccess } from "../../../server/access/access.ts";
import { OPEN } from "../../../server/access/caller.ts";
import { openApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

const COUNTS = `query ($kind: Kind!) { entities(kind: $kind) { totalCount nodes { id name } } }`;
const WRITE = `mutation { upsertEntities(input: { dataset: "test", entities: [{ id: "firm-a", kind: Firm, properties: { name: "甲", assertion: "ASSUMED" } }] }) { created unchanged userErrors { message } } }`;

/** The same store, whose reads wait until they are let go while `isHeld`. */
function held(store: GraphStore) {
  const gates: (() => void)[] = [];
  const gate = { isHeld: true, reads: 0, lists: 0 };
  const read: GraphStore["read"] = async (query, params, options) => {
    if (query.name === "entityPage Firm") gate.lists += 1;
    gate.reads += 1;
    if (gate.isHeld) await new Promise<void>((resolve) => gates.push(resolve));
    return store.read(query, params, options);
  };
  const letGo = (): void => {
    gate.isHeld = false;
    for (const open of gates.splice(0)) open();
  };
  return { store: forwarding(store, { read }), gate, letGo };
}

function openHeld(store: GraphStore) {
  const { store: slow, gate, letGo } = held(store);
  const open = createAccess({ store, oidc: null, sessionSecret: null, publicUrl: null });
  const access = {
    ...open,
    identify: async (request: Request) => ({ ...OPEN, id: request.headers.get("x-test-caller") ?? "open" }),
  };
  return { api: openApi(slow, { access, requests: { running: 1, waiting: 20 } }), gate, letGo };
}

test("who ask the same of the same right while it waits for its turn are answered by one reading", async () => {
  const opened = openHeld(await embedded.open());
  await using api = opened.api;
  const ahead = api.ask(COUNTS, { kind: "Source" });
  await expect.poll(() => opened.gate.reads).toBeGreaterThan(0);
  const same = [1, 2, 3].map(() => api.ask(COUNTS, { kind: "Firm" }));
  const others = [
    api.ask(COUNTS, { kind: "Firm" }, { "x-test-caller": "somebody else" }),
    api.ask(COUNTS, { kind: "Firm" }, { accept: "application/json" }),
  ];
  opened.letGo();
  await ahead;
  const answers = await Promise.all([...same, ...others]);
  expect(answers.map(({ status }) => status)).toStrictEqual(Array(5).fill(200));
  expect(answers.slice(1, 3)).toStrictEqual([answers[0], answers[0]]);
  expect(opened.gate.lists).toBe(3);
});

test("a write is done for each who asks it, and whoever asks behind it is told of it", async () => {
  const opened = openHeld(await embedded.open());
  await using api = opened.api;
  const ahead = api.ask(COUNTS, { kind: "Source" });
  await expect.poll(() => opened.gate.reads).toBeGreaterThan(0);
  const writes = [api.ask(WRITE), api.ask(WRITE)];
  opened.letGo();
  await ahead;
  const written = await Promise.all(writes);
  expect(written.map(({ data }) => (data as { upsertEntities: unknown }).upsertEntities)).toStrictEqual([
    { created: 1, unchanged: 0, userErrors: [] },
    { created: 0, unchanged: 1, userErrors: [] },
  ]);
  const asked = await Promise.all([1, 2].map(() => api.ask(COUNTS, { kind: "Firm" })));
  for (const { data } of asked)
    expect(data).toStrictEqual({ entities: { totalCount: 1, nodes: [{ id: "firm-a", name: "甲" }] } });
});
