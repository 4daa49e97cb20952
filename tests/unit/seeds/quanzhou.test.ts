import { beforeAll, describe, expect, test } from "vitest";
import type { DatasetReading } from "../../../graph/formats/dataset.ts";
import type { EntityRecord, RelationshipRecord } from "../../../graph/records.ts";
import { NOTHING_KNOWN, validateBatch } from "../../../graph/validation/validate.ts";
import { namesOf, readQuanzhou, textOf } from "../../support/quanzhou-seed.ts";

const LEADERS = ["firm-jinhua", "firm-sanan", "firm-quliang"];
const SUPPLIERS = ["firm-naura", "firm-piotech", "firm-kingsemi"];
const TAIWANESE = ["firm-xinbao", "firm-liangdian", "firm-liangyi"];

let reading: DatasetReading;
let nodes: readonly EntityRecord[];
let edges: readonly RelationshipRecord[];

beforeAll(async () => {
  reading = await readQuanzhou();
  nodes = reading.batch.entities;
  edges = reading.batch.relationships;
});

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function edgesAt(id: string): string[] {
  return edges.filter(({ from, to }) => from === id || to === id).map(({ from, type, to }) => `${from} ${type} ${to}`);
}

function idsOf(kind: string): string[] {
  return nodes.filter((node) => node.kind === kind).map(({ id }) => id);
}

describe("the Quanzhou seed", () => {
  test("is read and checked without a fault", () => {
    expect([...reading.faults, ...validateBatch(reading.batch, NOTHING_KNOWN)]).toStrictEqual([]);
  });

  test("holds so many nodes of each kind and relationships of each type", () => {
    expect(countsOf(nodes.map(({ kind }) => kind))).toStrictEqual({
      Bank: 4,
      Chain: 5,
      Cluster: 1,
      Event: 4,
      Firm: 9,
      Fund: 5,
      Indicator: 25,
      Institute: 4,
      IpService: 2,
      Pillar: 2,
      Policy: 16,
      Product: 6,
      Project: 6,
      Source: 1,
      TalentTeam: 6,
    });
    expect(countsOf(edges.map(({ type }) => type))).toStrictEqual({
      DEVELOPS: 9,
      FUNDS: 4,
      LEADS: 3,
      MEASURES: 26,
      PART_OF: 13,
      RESEARCHES: 4,
      SERVES: 5,
      SUPPORTS: 19,
      TARGETS: 19,
      WORKS_AT: 6,
    });
  });

  test("says of every node and relationship where it is stated, what is stated in both languages, and how", () => {
    const lacking = [...nodes, ...edges].filter(
      (record) =>
        JSON.stringify(record.properties["sources"]) !== '["source-reply-1190"]' ||
        !/^\d+\.\d+$/.test(textOf(record, "locator")) ||
        !/\p{Script=Han}/u.test(textOf(record, "statement")) ||
        !/^[^\p{Script=Han}]+$/u.test(textOf(record, "statementEn")) ||
        !["STATED", "DERIVED"].includes(textOf(record, "assertion")),
    );
    expect(lacking.map(({ id }) => id)).toStrictEqual([]);
    expect(nodes.filter((node) => textOf(node, "nameEn") === "").map(({ id }) => id)).toStrictEqual([]);
  });

  test("has the 235 structure: two pillars, three leaders of the cluster, five chains", () => {
    expect(idsOf("Pillar").sort()).toStrictEqual(["pillar-compound", "pillar-ic"]);
    expect(idsOf("Chain").sort()).toStrictEqual([
      "chain-ic",
      "chain-materials",
      "chain-opto",
      "chain-photonic",
      "chain-rf",
    ]);
    expect(edges.filter(({ type }) => type === "LEADS").map(({ from, to }) => `${from} ${to}`)).toStrictEqual(
      LEADERS.map((leader) => `${leader} cluster-quanzhou`),
    );
  });

  test("does not say which chain belongs to which pillar", () => {
    const ofChains = edges.filter(({ type, from }) => type === "PART_OF" && from.startsWith("chain-"));
    expect(ofChains).toHaveLength(5);
    expect(new Set(ofChains.map(({ to }) => to))).toStrictEqual(new Set(["cluster-quanzhou"]));
  });

  test("keeps every figure with its unit and its qualifier", () => {
    const figures = nodes
      .filter(({ kind }) => kind === "Indicator")
      .map(({ id, properties }) => [
        id.replace("indicator-", ""),
        properties["value"],
        properties["unit"],
        properties["qualifier"],
      ]);
    expect(figures).toStrictEqual([
      ["pillars", 2, "个", "EXACT"],
      ["leaders", 3, "家", "EXACT"],
      ["chains", 5, "条", "EXACT"],
      ["key-projects", 98, "个", "EXACT"],
      ["total-investment", 1583, "亿元", "EXACT"],
      ["output-2024", 333, "亿元", "EXACT"],
      ["output-growth", 30, "%", "EXACT"],
      ["institutes", 9, "个", "EXACT"],
      ["firms-served", 500, "家", "OVER"],
      ["problems-solved", 200, "项", "OVER"],
      ["joint-projects", 100, "项", "OVER"],
      ["researchers", 600, "人", "OVER"],
      ["trained-talent", 11000, "人次", "ABOUT"],
      ["talents-city-up", 1300, "人", "OVER"],
      ["talents-national", 9, "人", "EXACT"],
      ["talents-provincial", 108, "人", "EXACT"],
      ["talents-municipal", 361, "人", "EXACT"],
      ["teams-hundred-talents", 4, "支", "EXACT"],
      ["teams-overseas", 4, "支", "EXACT"],
      ["recruitment-projects", 336, "个", "EXACT"],
      ["state-funds", 39, "支", "EXACT"],
      ["state-funds-size", 490.9, "亿元", "EXACT"],
      ["financing", 200, "亿元", "OVER"],
      ["patent-cycle", 90, "%", "EXACT"],
      ["grant-rate", 60, "%", "EXACT"],
    ]);
  });

  test("gives each figure an English unit, its basis, its place and what it measures", () => {
    const measured = new Set(edges.filter(({ type }) => type === "MEASURES").map(({ from }) => from));
    const lacking = nodes
      .filter(({ kind }) => kind === "Indicator")
      .filter(
        (node) =>
          ["unitEn", "basis", "basisEn", "place", "placeEn"].some((property) => textOf(node, property) === "") ||
          !measured.has(node.id),
      );
    expect(lacking.map(({ id }) => id)).toStrictEqual([]);
  });
});

describe("the Quanzhou seed does not say more than its source", () => {
  test("no figure is a sum of talents", () => {
    const sums: { readonly of: number; readonly total: number }[] = [{ of: 0, total: 0 }];
    for (const figure of [1300, 9, 108, 361])
      sums.push(...sums.map(({ of, total }) => ({ of: of + 1, total: total + figure })));
    const forbidden = sums.filter(({ of }) => of > 1).map(({ total }) => total);
    const values = nodes.map(({ properties }) => properties["value"]);
    expect(forbidden).toHaveLength(11);
    expect(values.filter((value) => typeof value === "number" && forbidden.includes(value))).toStrictEqual([]);
  });

  test("the 98 key projects and the 336 recruitment projects are figures: only the six named ones are nodes", () => {
    expect(idsOf("Project")).toHaveLength(6);
    expect(nodes.filter(({ kind, properties }) => kind === "Project" && "status" in properties)).toStrictEqual([]);
  });

  test("nobody supplies anything, buys from anybody or is restricted by name", () => {
    const unstated = ["SUPPLIES", "SOURCES_FROM", "RESTRICTS", "OWNS", "REQUIRES", "OPERATES_IN"];
    expect(edges.filter(({ type }) => unstated.includes(type))).toStrictEqual([]);
  });

  test("of the suppliers came the technical teams, and nothing else of them is known", () => {
    for (const firm of SUPPLIERS)
      expect(edgesAt(firm)).toStrictEqual([`${firm.replace("firm", "team")} WORKS_AT ${firm}`]);
  });

  test("the three Taiwanese firms settled there, and no product of theirs is known", () => {
    const firms = nodes.filter(({ id }) => TAIWANESE.includes(id));
    expect(firms.map(({ properties }) => properties["country"])).toStrictEqual(["TW", "TW", "TW"]);
    for (const firm of TAIWANESE)
      expect(edgesAt(firm)).toStrictEqual([
        `${firm} PART_OF cluster-quanzhou`,
        `policy-partner-regions TARGETS ${firm}`,
      ]);
  });

  test("there is no localisation rate", () => {
    const rates = nodes.filter((node) => node.kind === "Indicator" && namesOf(node).join().includes("国产化"));
    expect(rates).toStrictEqual([]);
  });

  test("the US measures are tied to no firm and no item", () => {
    expect(edgesAt("policy-us-entity-list")).toStrictEqual([]);
    expect(edgesAt("policy-us-chips-act")).toStrictEqual([]);
  });

  test("money that is sought is not money given", () => {
    const givers = edges.filter(({ type }) => type === "FUNDS").map(({ from }) => from);
    expect(givers).toStrictEqual(["bank-cdb", "bank-abc", "bank-citic", "bank-guoke-jiahe"]);
  });

  test("one laboratory is under construction, three institutes operate", () => {
    const status = nodes.filter(({ kind }) => kind === "Institute").map(({ properties }) => properties["status"]);
    expect(countsOf(status.map(String))).toStrictEqual({ BUILDING: 1, OPERATING: 3 });
    expect(nodes.find(({ id }) => id === "institute-fujian-ic-innovation-lab")?.properties["status"]).toBe("BUILDING");
  });

  test("the only person is the lead whom the source names in that role", () => {
    const leads = nodes.flatMap((node) => (textOf(node, "lead") === "" ? [] : [[node.id, textOf(node, "lead")]]));
    expect(leads).toStrictEqual([["team-zhongke-guangxin", "苏辉"]]);
  });
});
