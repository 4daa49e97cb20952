import { afterAll, beforeAll, expect, test } from "vitest";
import { buildScenario } from "../../graph/analysis/build-scenario.ts";
import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import type { Scenario } from "../../graph/analysis/scenario.ts";
import { recruitmentSuppliers } from "../../graph/explore/recruitment-suppliers.ts";
import { ingest } from "../../graph/import/ingest.ts";
import type { Kind, RelationshipType } from "../../graph/ontology.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import type { PropertyValues, RecordBatch } from "../../graph/records.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { type Api, openApi } from "../support/api.ts";
import { describeEachEngine } from "../support/engines.ts";

const STATED = { dataset: "test", assertion: "STATED", sources: ["source"] } as const;

function entity(kind: Kind, id: string, more: PropertyValues = {}) {
  return { id, kind, properties: { name: id, ...STATED, ...more } };
}

function edge(from: string, type: RelationshipType, to: string, more: PropertyValues = {}) {
  return { id: `${from}:${type}:${to}`, type, from, to, properties: { ...STATED, ...more } };
}

/** A chip that needs an etcher and a resist, both from abroad; projects at every stage are aimed at them. */
const BATCH: RecordBatch = {
  entities: [
    {
      id: "source",
      kind: "Source",
      properties: { name: "source", title: "source", dataset: "test", assertion: "STATED" },
    },
    entity("Product", "chip", { category: "DEVICE" }),
    entity("Product", "etcher", { category: "EQUIPMENT", developCost: 7 }),
    entity("Product", "resist", { category: "MATERIAL" }),
    entity("Firm", "leader", { country: "CN" }),
    entity("Firm", "us", { country: "US" }),
    entity("Firm", "idle", { country: "CN" }),
    entity("Project", "talks", { status: "CANDIDATE", cost: 3 }),
    entity("Project", "signed", { status: "SIGNED" }),
    entity("Project", "running", { status: "IN_PRODUCTION", cost: 9 }),
    entity("Project", "vague"),
  ],
  relationships: [
    edge("leader", "SUPPLIES", "chip"),
    edge("us", "SUPPLIES", "etcher"),
    edge("us", "SUPPLIES", "resist"),
    edge("chip", "REQUIRES", "etcher"),
    edge("chip", "REQUIRES", "resist"),
    edge("talks", "TARGETS", "etcher"),
    edge("talks", "TARGETS", "resist", { validFrom: "2020", validTo: "2021-06" }),
    edge("signed", "TARGETS", "resist"),
    edge("running", "TARGETS", "etcher"),
    edge("running", "TARGETS", "resist"),
  ],
};

describeEachEngine("suppliers for recruitment", (engine) => {
  let store: GraphStore;
  let api: Api;
  let scenario: Scenario;
  beforeAll(async () => {
    store = await engine.open();
    await ingest(store, BATCH);
    api = openApi(store);
    scenario = buildScenario(await loadNetwork(store), ["leader"], DEFAULT_POLICY);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const nobody = { suggest: [], suppliers: [], landed: [] } as const;

  test("suggests projects under negotiation or signed, with the items they are aimed at now", async () => {
    expect(await recruitmentSuppliers(store, scenario, { ...nobody, suggest: ["PROJECT"] })).toStrictEqual({
      named: [
        { id: "signed", kind: "PROJECT", firm: null, items: ["resist"], cost: null },
        { id: "talks", kind: "PROJECT", firm: null, items: ["etcher"], cost: 3 },
      ],
      landed: [],
    });
  });

  test("takes any project, firm, item or named supplier as landed, and does not suggest it too", async () => {
    const found = await recruitmentSuppliers(store, scenario, {
      suggest: ["PROJECT"],
      suppliers: [
        { id: "newcomer", items: ["etcher"], cost: 2 },
        { id: "talks", items: ["etcher", "resist"], cost: null },
      ],
      landed: ["running", "us", "etcher", "newcomer", "running"],
    });
    expect(found.landed).toStrictEqual([
      { id: "running", kind: "PROJECT", firm: null, items: ["etcher", "resist"], cost: 9 },
      { id: "us", kind: "FIRM", firm: "us", items: ["etcher", "resist"], cost: null },
      { id: "etcher", kind: "ITEM", firm: null, items: ["etcher"], cost: 7 },
      { id: "newcomer", kind: "SUPPLIER", firm: null, items: ["etcher"], cost: 2 },
    ]);
    expect(found.named.map(({ id, items, cost }) => [id, items, cost])).toStrictEqual([
      ["talks", ["etcher", "resist"], 3],
      ["signed", ["resist"], null],
    ]);
  });

  test.each(["vague", "idle", "nobody"])("%s, which says nothing of items, is a fault that names it", async (id) => {
    await expect(recruitmentSuppliers(store, scenario, { ...nobody, landed: [id] })).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringMatching(new RegExp(`^"${id}" is no firm with offers`)),
    });
  });

  test("a landed project answers what it covers and what remains", async () => {
    const { data, errors } = await api.ask(`{
      recruitment(target: "leader", budget: 3, kinds: [PROJECT], with: ["signed"]) {
        availableLanded
        landed { candidate { id entity { id } } closes { item { id } types } }
        picks { candidate { id cost costKnown } gain { restored } unblocks { id } }
        exact
        remaining { item { id } types }
      }
    }`);
    expect(errors).toBeUndefined();
    expect((data as { recruitment: unknown }).recruitment).toStrictEqual({
      availableLanded: 0,
      landed: [
        {
          candidate: { id: "signed", entity: { id: "signed" } },
          closes: [{ item: { id: "resist" }, types: ["CHOKEPOINT"] }],
        },
      ],
      picks: [
        {
          candidate: { id: "talks", cost: 3, costKnown: true },
          gain: { restored: 1 },
          unblocks: [{ id: "chip" }, { id: "etcher" }],
        },
      ],
      exact: true,
      remaining: [
        { item: { id: "etcher" }, types: ["SINGLE_SOURCE", "CONCENTRATED"] },
        { item: { id: "resist" }, types: ["SINGLE_SOURCE", "CONCENTRATED"] },
      ],
    });
  });

  test.each([
    [`budget: -1`, /^`budget` must be from 0/],
    [`budget: 1, first: 0`, /`first`/],
    [`budget: 1, suppliers: [{ id: "x", items: ["etcher"], cost: -1 }]`, /^`suppliers.cost` must be at least 0/],
    [`budget: 1, suppliers: [{ id: "x", items: ["nothing"] }]`, /^"nothing", of an extra offer, is no item/],
    [`budget: 1, with: ["nobody"]`, /^"nobody" is no firm with offers/],
  ])("a fault in %s is named", async (args, message) => {
    const { status, errors } = await api.ask(`{ recruitment(target: "leader", ${args}) { version } }`);
    expect([status, errors?.[0]?.extensions.code]).toStrictEqual([400, "BAD_USER_INPUT"]);
    expect(errors?.[0]?.message).toMatch(message);
  });
});
