import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closenessOf, type Place } from "../../../graph/analysis/closeness.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { matchResources, type ResourceLink, usedLinks } from "../../../graph/analysis/resources.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { facts } from "../../support/rows.ts";
import { rowsOf } from "../../support/rows-of.ts";

const NETWORK = buildNetwork(
  {
    ...rowsOf({
      firms: { leader: "CN", maker: "CN" },
      offers: [
        ["leader", "chip"],
        ["maker", "etcher"],
      ],
      requires: [
        ["chip", "etcher"],
        ["chip", "resist"],
        ["chip", "substrate"],
      ],
      variants: [["wafer", "substrate"]],
    }),
    chains: [{ id: "memory", leaders: ["leader"], items: ["chip"] }],
  },
  1,
);
const PLACES: readonly Place[] = [
  { item: "etcher", stage: "equipment", chain: "memory", pillar: "chips", cluster: "quanzhou" },
  { item: null, stage: null, chain: "memory", pillar: "chips", cluster: "quanzhou" },
];
const SCENARIO = buildScenario(NETWORK, ["leader"], DEFAULT_POLICY);

function link(
  resource: string,
  type: ResourceLink["type"],
  target: string,
  kind: ResourceLink["kind"],
  targetKind: ResourceLink["targetKind"] = "Product",
): ResourceLink {
  return { ...facts(`${resource}:${type}:${target}`), type, resource, kind, target, targetKind };
}

function match(items: readonly string[], ...links: readonly ResourceLink[]) {
  return matchResources(items, links, closenessOf(SCENARIO, items, PLACES)).map(
    ({ item, matches, orphan, unfunded }) => ({
      item,
      matches: matches.map(({ resource, type, scope, via }) => [resource, type, scope, via]),
      orphan,
      unfunded,
    }),
  );
}

describe("matching resources", () => {
  test("finds them at the item, its class, stage, chain, firms, pillar and cluster, nearest first", () => {
    const found = match(
      ["etcher", "wafer"],
      link("city policy", "SUPPORTS", "quanzhou", "Policy", "Cluster"),
      link("chip fund", "FUNDS", "chips", "Fund", "Pillar"),
      link("team", "WORKS_AT", "maker", "TalentTeam", "Firm"),
      link("fair", "TARGETS", "memory", "Event", "Chain"),
      link("lab", "RESEARCHES", "equipment", "Institute", "Stage"),
      link("institute", "RESEARCHES", "substrate", "Institute"),
      link("maker", "DEVELOPS", "etcher", "Firm"),
    );
    const wide = [
      ["fair", "TARGETS", "CHAIN", "memory"],
      ["chip fund", "FUNDS", "PILLAR", "chips"],
      ["city policy", "SUPPORTS", "CLUSTER", "quanzhou"],
    ];
    expect(found).toStrictEqual([
      {
        item: "etcher",
        matches: [
          ["maker", "DEVELOPS", "ITEM", "etcher"],
          ["lab", "RESEARCHES", "STAGE", "equipment"],
          wide[0],
          ["team", "WORKS_AT", "FIRM", "maker"],
          wide[1],
          wide[2],
        ],
        orphan: false,
        unfunded: true,
      },
      {
        item: "wafer",
        matches: [["institute", "RESEARCHES", "CLASS", "substrate"], ...wide],
        orphan: false,
        unfunded: true,
      },
    ]);
  });

  test("does not let a stage's institute, a chain's fund or a policy for the item hide that nobody works on it", () => {
    const [found] = match(
      ["etcher"],
      link("lab", "RESEARCHES", "equipment", "Institute", "Stage"),
      link("fund", "FUNDS", "memory", "Fund", "Chain"),
      link("list", "SUPPORTS", "etcher", "Policy"),
      link("ip", "SERVES", "etcher", "IpService"),
    );
    expect([found!.orphan, found!.unfunded]).toStrictEqual([true, true]);
  });

  test("does not count work on a part of the item as work on the item", () => {
    const [found] = match(["substrate"], link("lab", "RESEARCHES", "resist", "Institute"));
    expect(found).toStrictEqual({ item: "substrate", matches: [], orphan: true, unfunded: true });
  });

  test("reaches through a project for the item to its fund and its team", () => {
    expect(
      match(
        ["resist"],
        link("plant", "DEVELOPS", "resist", "Project"),
        link("fund", "FUNDS", "plant", "Fund", "Project"),
        link("team", "WORKS_AT", "plant", "TalentTeam", "Project"),
      ),
    ).toStrictEqual([
      {
        item: "resist",
        matches: [
          ["fund", "FUNDS", "ITEM", "plant"],
          ["plant", "DEVELOPS", "ITEM", "resist"],
          ["team", "WORKS_AT", "ITEM", "plant"],
        ],
        orphan: false,
        unfunded: false,
      },
    ]);
  });

  test("does not count a fund of an institute as money for everything that it researches", () => {
    const [found] = match(
      ["resist"],
      link("lab", "RESEARCHES", "resist", "Institute"),
      link("fund", "FUNDS", "lab", "Fund", "Institute"),
    );
    expect([found!.matches.length, found!.orphan, found!.unfunded]).toStrictEqual([2, false, true]);
  });

  test("does not depend on the order of links, and leaves out those that a policy does not use", () => {
    const links = [
      link("lab", "RESEARCHES", "resist", "Institute"),
      link("fund", "FUNDS", "resist", "Fund"),
      link("bank", "FUNDS", "resist", "Bank"),
    ];
    expect(match(["resist"], ...links)).toStrictEqual(match(["resist"], ...[...links].reverse()));
    const dated = [
      { ...links[0]!, validTo: "2024-06" },
      { ...links[1]!, assertion: "ASSUMED" as const },
      { ...links[2]!, validFrom: "2025" },
    ];
    const used = usedLinks(dated, { ...DEFAULT_POLICY, asOf: "2024-06-30", assumed: false });
    expect(used.map((one) => one.resource)).toStrictEqual(["lab"]);
  });
});
