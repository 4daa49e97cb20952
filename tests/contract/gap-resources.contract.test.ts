import { expect, test } from "vitest";
import { buildScenario } from "../../graph/analysis/build-scenario.ts";
import { closenessOf, type Place } from "../../graph/analysis/closeness.ts";
import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import { gapResources } from "../../graph/explore/gap-resources.ts";
import { ingest } from "../../graph/import/ingest.ts";
import type { Kind, RelationshipType } from "../../graph/ontology.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { chainPlaces, itemPlaces } from "../../graph/queries/item-places.ts";
import { resourceLinks } from "../../graph/queries/resource-links.ts";
import type { PropertyValues, RecordBatch } from "../../graph/records.ts";
import { describeEachEngine } from "../support/engines.ts";

const STATED = { dataset: "test", assertion: "STATED", sources: ["source"] } as const;

function entity(kind: Kind, id: string, more: PropertyValues = {}) {
  return { id, kind, properties: { name: id, ...STATED, ...more } };
}

function edge(from: string, type: RelationshipType, to: string, more: PropertyValues = {}) {
  return { id: `${from}:${type}:${to}`, type, from, to, properties: { ...STATED, ...more } };
}

/** A chip of a leader with an etcher that a funded project and a team work on, and a resist that nobody does. */
const BATCH: RecordBatch = {
  entities: [
    {
      id: "source",
      kind: "Source",
      properties: { name: "source", title: "source", dataset: "test", assertion: "STATED" },
    },
    entity("Cluster", "quanzhou"),
    entity("Pillar", "chips"),
    entity("Chain", "memory"),
    entity("Stage", "equipment"),
    entity("Product", "chip", { category: "DEVICE" }),
    entity("Product", "etcher", { category: "EQUIPMENT" }),
    entity("Product", "resist", { category: "MATERIAL" }),
    entity("Product", "icp-etcher", { category: "EQUIPMENT" }),
    entity("Firm", "leader", { country: "CN" }),
    entity("Project", "plant"),
    entity("Fund", "fund"),
    entity("TalentTeam", "team"),
    entity("Policy", "policy"),
    entity("Institute", "lab"),
  ],
  relationships: [
    edge("chips", "PART_OF", "quanzhou"),
    edge("memory", "PART_OF", "chips"),
    edge("equipment", "PART_OF", "memory"),
    edge("etcher", "PART_OF", "equipment"),
    edge("leader", "LEADS", "memory"),
    edge("leader", "SUPPLIES", "chip"),
    edge("chip", "REQUIRES", "etcher"),
    edge("chip", "REQUIRES", "resist"),
    edge("icp-etcher", "VARIANT_OF", "etcher"),
    edge("plant", "DEVELOPS", "etcher"),
    edge("fund", "FUNDS", "plant"),
    edge("team", "WORKS_AT", "plant"),
    edge("policy", "SUPPORTS", "memory"),
    edge("lab", "RESEARCHES", "equipment", { validFrom: "2020", validTo: "2021-06" }),
  ],
};

describeEachEngine("The resources of a gap", (engine) => {
  test("are read with what they act on, nearest first", async () => {
    await using store = await engine.open();
    await ingest(store, BATCH);
    const network = await loadNetwork(store);
    const scenario = buildScenario(network, ["leader"], DEFAULT_POLICY);
    const question = {
      policy: DEFAULT_POLICY,
      chains: ["memory"],
      closeness: async (items: readonly string[], places: readonly Place[]) => closenessOf(scenario, items, places),
    };
    const ofChain = { resource: "policy", kind: "Policy", relationship: "policy:SUPPORTS:memory", type: "SUPPORTS" };
    expect(await gapResources(store, question, ["etcher", "resist"])).toStrictEqual([
      {
        item: "etcher",
        matches: [
          {
            resource: "fund",
            kind: "Fund",
            relationship: "fund:FUNDS:plant",
            type: "FUNDS",
            scope: "ITEM",
            via: "plant",
          },
          {
            resource: "plant",
            kind: "Project",
            relationship: "plant:DEVELOPS:etcher",
            type: "DEVELOPS",
            scope: "ITEM",
            via: "etcher",
          },
          {
            resource: "team",
            kind: "TalentTeam",
            relationship: "team:WORKS_AT:plant",
            type: "WORKS_AT",
            scope: "ITEM",
            via: "plant",
          },
          { ...ofChain, scope: "CHAIN", via: "memory" },
        ],
        orphan: false,
        unfunded: false,
      },
      { item: "resist", matches: [{ ...ofChain, scope: "CHAIN", via: "memory" }], orphan: true, unfunded: true },
    ]);
  });

  test("come with their dates, in order of id, and no more than asked for", async () => {
    await using store = await engine.open();
    await ingest(store, BATCH);
    const targets = ["plant", "equipment", "nobody"];
    const found = await store.read(resourceLinks, { targets, limit: 2 });
    expect(found.map(({ id, targetKind, validFrom, validTo }) => [id, targetKind, validFrom, validTo])).toStrictEqual([
      ["fund:FUNDS:plant", "Project", null, null],
      ["lab:RESEARCHES:equipment", "Stage", "2020", "2021-06"],
    ]);
    expect(await store.read(resourceLinks, { targets: [], limit: 2 })).toStrictEqual([]);
  });

  test("are placed by stage, chain, pillar and cluster, a variant as its class is", async () => {
    await using store = await engine.open();
    await ingest(store, BATCH);
    const above = { chain: "memory", pillar: "chips", cluster: "quanzhou" };
    expect(await store.read(itemPlaces, { items: ["etcher", "icp-etcher", "resist"] })).toHaveLength(2);
    for (const item of ["etcher", "icp-etcher"])
      expect(await store.read(itemPlaces, { items: [item, "resist"] })).toStrictEqual([
        { item, stage: "equipment", ...above },
      ]);
    expect(await store.read(chainPlaces, { chains: ["memory"] })).toStrictEqual([
      { item: null, stage: null, ...above },
    ]);
  });
});
