import { expect, test } from "vitest";
import { createLocalAnalyst } from "../../../graph/analyst/local-analyst.ts";
import { entitiesById } from "../../../graph/queries/entities-by-id.ts";
import { forwarding } from "../../../graph/store/forwarding.ts";
import { withinLimit } from "../../../graph/store/limit.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { openApi, openSeededStore } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

/** The same store whose reads of entities take their time, and what became of them. */
function slow(store: GraphStore, milliseconds: number): { readonly store: GraphStore; readonly ended: string[] } {
  const ended: string[] = [];
  const read: GraphStore["read"] = (query, params, options = {}) => {
    if (query.name !== "entitiesById") return store.read(query, params, options);
    return withinLimit(query.name, { timeoutMs: 60_000, ...options }, async (signal) => {
      signal.addEventListener("abort", () => ended.push(query.name));
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return store.read(query, params);
    });
  };
  return { store: forwarding(store, { read }), ended };
}

test("a query past its time is a TIMEOUT, and its statement is ended", async () => {
  const { store, ended } = slow(await openSeededStore(embedded), 5_000);
  await using api = openApi(store, { requestMs: 200 });
  const { status, errors } = await api.ask(`{ node(id: "firm-jinhua") { id } }`);
  expect([status, errors?.map(({ extensions }) => extensions.code)]).toStrictEqual([504, ["TIMEOUT"]]);
  expect(ended).toStrictEqual(["entitiesById"]);
});

test("an analysis is told to come again where the network is not read in time, and finds it read then", async () => {
  const seeded = await openSeededStore(embedded);
  let isHeld = true;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const store = forwarding(seeded, {
    snapshot: (work) =>
      seeded.snapshot!((moment) =>
        work({
          async run(query, params) {
            if (isHeld && query.name === "networkChains") await held;
            return moment.run(query, params);
          },
        }),
      ),
  });
  await using api = openApi(store, { requestMs: 2_000 });
  const ask = () => api.ask(`{ localization(target: "firm-jinhua") { version } }`);
  const { status, errors } = await ask();
  expect([status, errors?.map(({ extensions, message }) => [extensions.code, message])]).toStrictEqual([
    504,
    [["TIMEOUT", "The supply network is still being read into memory; ask again in a moment."]],
  ]);
  isHeld = false;
  goOn();
  await expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(200);
});

test("the time of an analysis is its own", async () => {
  const analyst = createLocalAnalyst();
  const patient: typeof analyst = {
    ask: async (...asked) => {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      return analyst.ask(...asked);
    },
    close: () => analyst.close(),
    [Symbol.asyncDispose]: () => analyst.close(),
  };
  await using api = openApi(await openSeededStore(embedded), { analyst: patient, requestMs: 2_000 });
  expect(await api.ask(`{ localization(target: "firm-jinhua") { version } }`)).toMatchObject({ status: 200 });
});

test("a mutation that was carried out is answered, however long it took", async () => {
  const { store } = slow(await openSeededStore(embedded), 3_000);
  await using api = openApi(store, { requestMs: 2_000 });
  const entity = `{id: "firm-x", kind: Firm, properties: {name: "x", assertion: "ASSUMED"}}`;
  const answer = await api.ask(
    `mutation { upsertEntities(input: {dataset: "own", entities: [${entity}]}) { created nodes { id } } }`,
  );
  expect(answer).toMatchObject({ status: 200, data: { upsertEntities: { created: 1, nodes: [{ id: "firm-x" }] } } });
});

test("a mutation whose turn to write does not come in its time is a TIMEOUT, and is not carried out", async () => {
  const store = await openSeededStore(embedded);
  await using api = openApi(store, { requestMs: 200 });
  let goOn = (): void => undefined;
  const other = store.write(
    () =>
      new Promise<void>((resolve) => {
        goOn = resolve;
      }),
  );
  const entity = `{id: "firm-x", kind: Firm, properties: {name: "x", assertion: "ASSUMED"}}`;
  const answer = await api.ask(
    `mutation { upsertEntities(input: {dataset: "own", entities: [${entity}]}) { created } }`,
  );
  expect([answer.status, answer.errors?.map(({ extensions }) => extensions.code)]).toStrictEqual([504, ["TIMEOUT"]]);
  goOn();
  await other;
  await store.write(async () => undefined);
  expect(await store.read(entitiesById, { ids: ["firm-x"] })).toStrictEqual([]);
});
