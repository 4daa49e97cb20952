import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { WAY_KINDS } from "../../../graph/analysis/scenario.ts";
import { verdict, verdictOf } from "../../../graph/analysis/verdict.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { availableByEnumeration, type PlainWay, plainWays, range, tiersByDefinition } from "../../support/oracle.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";
import { emptyRows, facts } from "../../support/rows.ts";
import { rowsOf } from "../../support/rows-of.ts";

const asked = fc
  .tuple(randomQuestion(), fc.constantFrom(null, null, 1, 2))
  .filter(([{ targets }]) => targets.length > 0)
  .map(([question, maxTier]) => ({ ...question, policy: { ...question.policy, maxTier } satisfies Policy }));

/** Nodes that count as available where failures beyond `maxTier` are not looked at. */
function heldBy(nodes: number, ways: readonly PlainWay[], maxTier: number | null): ReadonlySet<number> {
  if (maxTier === null) return availableByEnumeration(nodes, ways);
  const tiers = tiersByDefinition(nodes, ways);
  return new Set(range(0, nodes).filter((node) => tiers[node] === 0 || tiers[node]! > maxTier));
}

describe("a verdict", () => {
  test("says NO, UNKNOWN and YES as the worlds with all unknowns allowed and denied do", () => {
    fc.assert(
      fc.property(asked, ({ rows, targets, policy }) => {
        const result = verdict(buildNetwork(rows, 1), targets, policy);
        const best = heldBy(result.allowed.ways.nodes, plainWays(result.allowed), policy.maxTier);
        const worst = heldBy(result.denied.ways.nodes, plainWays(result.denied), policy.maxTier);
        for (const node of worst) expect(best).toContain(node);
        expect(result.targets).toStrictEqual(
          result.allowed.targets.map(({ node }) => (worst.has(node) ? "YES" : best.has(node) ? "UNKNOWN" : "NO")),
        );
        expect(result.unknowns.length > 0).toBe(result.targets.includes("UNKNOWN"));
      }),
      RUNS,
    );
  });

  test("on a scenario is that on its targets, whichever of the unknowns its own policy allows", () => {
    fc.assert(
      fc.property(asked, ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const { value, targets: values, unknowns } = verdict(network, targets, policy);
        const named = unknowns.map(
          ({ kind, item, offer }) => `${kind} ${network.items[item]!} ${offer < 0 ? null : offerId(network, offer)}`,
        );
        const judged = verdictOf(scenario, availability(scenario));
        expect([judged.value, judged.targets]).toStrictEqual([value, values]);
        expect(new Set(judged.unknowns.map(({ kind, item, offer }) => `${kind} ${item} ${offer}`))).toStrictEqual(
          new Set(named),
        );
      }),
      RUNS,
    );
  });

  test("names unknowns that, all turning out well, make every open target available", () => {
    fc.assert(
      fc.property(asked, ({ rows, targets, policy }) => {
        const { allowed, denied, unknowns, targets: values } = verdict(buildNetwork(rows, 1), targets, policy);
        const resolved = plainWays(allowed).filter((_, way) => {
          const unit = allowed.ways.wayUnit[way]!;
          const item = allowed.ways.nodeItem[allowed.ways.wayNode[way]!]!;
          const offer = unit === -1 ? -1 : allowed.units.unitOffer[unit]!;
          return unknowns.some((unknown) => unknown.item === item && unknown.offer === offer);
        });
        const now = heldBy(denied.ways.nodes, [...plainWays(denied), ...resolved], policy.maxTier);
        allowed.targets.forEach(({ node }, position) => {
          if (values[position] === "UNKNOWN") expect(now).toContain(node);
        });
      }),
      RUNS,
    );
  });

  test("of YES or NO does not change when an unknown country or supplier becomes known", () => {
    const known = asked.chain((question) =>
      fc.record({
        question: fc.constant(question),
        countries: fc.array(fc.constantFrom("CN", "US"), {
          minLength: question.rows.firms.length,
          maxLength: question.rows.firms.length,
        }),
        suppliers: fc.array(fc.boolean(), {
          minLength: question.rows.items.length,
          maxLength: question.rows.items.length,
        }),
      }),
    );
    fc.assert(
      fc.property(known, ({ question: { rows: all, targets, policy: drawn }, countries, suppliers }) => {
        const rows = withoutRowsOfTheUnplaced(all);
        // By headquarters and without shares, so that an unknown becomes known without any other becoming so.
        const policy: Policy = { ...drawn, basis: "HQ", minShare: 0 };
        const before = verdict(buildNetwork(rows, 1), targets, policy);
        // Unknown is who supplies what is bought as such: not a step made in house, not a class that stands for its variants.
        const settled = new Set([
          ...targets,
          ...rows.offers.map((row) => row.item),
          ...rows.variants.map((row) => row.itemClass),
        ]);
        const found: NetworkRows = {
          ...rows,
          firms: [
            ...rows.firms.map((row, position) => ({ ...row, country: row.country ?? countries[position]! })),
            { id: "new", country: "JP", region: null },
          ],
          offers: [
            ...rows.offers,
            ...rows.items
              .filter(({ id, category }, position) => suppliers[position] && !settled.has(id) && category !== "PROCESS")
              .map(({ id }) => newOffer(id)),
          ],
        };
        const after = verdict(buildNetwork(found, 2), targets, policy);
        before.targets.forEach((value, position) => {
          // A restriction on the new supplier's country is no unknown that turned out well.
          if (value === "YES") expect(after.targets[position]).toBe("YES");
          if (value === "NO") expect(after.targets[position]).toBe("NO");
        });
      }),
      RUNS,
    );
  });

  test("names the origin that may remove a target's own offer, though a restriction on it would not matter", () => {
    const network = buildNetwork(ownOfferOfUnknownOrigin(true), 1);
    const policy: Policy = { ...DEFAULT_POLICY, restricted: ["JP"], removed: ["US"] };
    const { value, unknowns } = verdict(network, ["chip"], policy);
    expect({ value, unknowns }).toStrictEqual({
      value: "UNKNOWN",
      unknowns: [{ kind: "ORIGIN", item: 0, offer: 0, firm: network.firmIndex.get("maker") }],
    });
  });

  test("names neither share nor origin of a target's own offer, which is exempt from both", () => {
    const network = buildNetwork(ownOfferOfUnknownOrigin(false), 1);
    const policy: Policy = { ...DEFAULT_POLICY, minShare: 0.05 };
    const { value, unknowns } = verdict(network, ["chip"], policy);
    expect({ value, unknowns }).toStrictEqual({
      value: "UNKNOWN",
      unknowns: [{ kind: "RECIPE", item: 0, offer: 0, firm: network.firmIndex.get("maker") }],
    });
  });

  test("names an unknown supply whose own inputs fail beyond the tiers that are looked at", () => {
    const network = buildNetwork(chainOf(["module", "wafer", "ore"], "module"), 1);
    const wafer = network.itemIndex.get("wafer")!;
    const { value, unknowns } = verdict(network, ["maker-module"], { ...DEFAULT_POLICY, maxTier: 1, removed: ["ore"] });
    expect({ value, unknowns }).toStrictEqual({
      value: "UNKNOWN",
      unknowns: [{ kind: "SUPPLY", item: wafer, offer: -1, firm: -1 }],
    });
  });

  test("names no unknown beyond the tiers that are looked at", () => {
    const rows = chainOf(["module", "wafer", "ore", "mine"], "module", "wafer", "ore");
    const gas = { id: "gas", category: null, variantMode: null, elementary: true, developCost: null };
    const network = buildNetwork(
      {
        ...rows,
        items: [...rows.items, gas],
        requirements: [...rows.requirements, requirement("wafer", "gas")],
      },
      1,
    );
    const named = (maxTier: number) =>
      verdict(network, ["maker-module"], { ...DEFAULT_POLICY, maxTier }).unknowns.map(
        ({ item }) => network.items[item],
      );
    expect(named(1)).toStrictEqual([]);
    expect(named(2)).toStrictEqual(["gas"]);
    expect(named(3)).toStrictEqual(["gas", "mine"]);
  });

  test("treats what fails with nothing restricted as an unknown supply, and lists it apart", () => {
    const rows: NetworkRows = {
      ...emptyRows(),
      items: ["chip", "gas"].map((id) => ({
        id,
        category: null,
        variantMode: null,
        elementary: id === "gas",
        developCost: null,
      })),
      firms: [{ id: "maker", country: "CN", region: null }],
      offers: [
        { ...newOffer("chip"), provider: "maker" },
        { ...newOffer("gas"), provider: "maker", level: "NEGLIGIBLE" },
      ],
      requirements: [{ ...facts("r"), item: "chip", maker: null, input: "gas", slot: null, essential: true }],
    };
    const network = buildNetwork(rows, 1);
    const scenario = buildScenario(network, ["maker"], { ...DEFAULT_POLICY, removed: [] });
    const gas = network.itemIndex.get("gas")!;
    expect(scenario.unrecordedSources).toStrictEqual([gas]);
    expect(WAY_KINDS[scenario.ways.wayKind[scenario.ways.nodeWays[gas]!]!]).toBe("UNRECORDED");
    expect(availability(scenario).tier[scenario.targets[0]!.node]).toBe(0);
    const { value, unknowns } = verdict(network, ["chip"], DEFAULT_POLICY);
    expect({ value, unknowns }).toStrictEqual({
      value: "UNKNOWN",
      unknowns: [{ kind: "SUPPLY", item: gas, offer: -1, firm: -1 }],
    });
  });

  test("finds no hole where one target's own offer, ready for it alone, feeds another", () => {
    const rows = rowsOf({
      firms: { fab: "CN", lab: "CN" },
      offers: [
        ["fab", "chip", { readiness: "MASS_PRODUCTION" }],
        ["lab", "resist", { readiness: "SAMPLE" }],
      ],
      requires: [
        ["chip", "resist"],
        ["resist", "solvent"],
      ],
    });
    const denied = { ...DEFAULT_POLICY, unknownSupply: "DENY" as const };
    const scenario = buildScenario(buildNetwork(rows, 1), ["chip", "resist"], denied);
    expect(scenario.unrecordedSources).toStrictEqual([]);
  });
});

/**
 * With the rows of jurisdictions ended for items that a firm of unknown country offers: found to be of that jurisdiction,
 * the firm is what the row speaks of, and the two are counted as one supply (ANALYSES.md 2), which is no unknown denied.
 */
function withoutRowsOfTheUnplaced(rows: NetworkRows): NetworkRows {
  const unplaced = new Set(rows.firms.filter((row) => row.country === null).map((row) => row.id));
  const firms = new Set(rows.firms.map((row) => row.id));
  const items = new Set(rows.offers.filter((row) => unplaced.has(row.provider)).map((row) => row.item));
  const offers = rows.offers.map((row) =>
    firms.has(row.provider) || !items.has(row.item) ? row : { ...row, validFrom: null, validTo: "2019-12" },
  );
  return { ...rows, offers };
}

/** Items each of which needs the next, some of them offered by a Chinese firm `maker-ITEM`. */
function chainOf(items: readonly string[], ...offered: readonly string[]): NetworkRows {
  return {
    ...emptyRows(),
    items: items.map((id) => ({ id, category: null, variantMode: null, elementary: null, developCost: null })),
    firms: offered.map((item) => ({ id: `maker-${item}`, country: "CN", region: null })),
    offers: offered.map((item) => ({ ...newOffer(item), provider: `maker-${item}` })),
    requirements: items.slice(1).map((input, position) => requirement(items[position]!, input)),
  };
}

function requirement(item: string, input: string): NetworkRows["requirements"][number] {
  return { ...facts(`${item}-${input}`), item, maker: null, input, slot: null, essential: true };
}

/** A chip made by a firm of unknown country that a Japanese one owns; its share is unknown too. */
function ownOfferOfUnknownOrigin(elementary: boolean): NetworkRows {
  return {
    ...emptyRows(),
    items: [{ id: "chip", category: null, variantMode: null, elementary, developCost: null }],
    firms: [
      { id: "maker", country: null, region: null },
      { id: "owner", country: "JP", region: null },
    ],
    jurisdictions: ["JP", "US"].map((code) => ({ id: `j-${code}`, code })),
    offers: [{ ...newOffer("chip"), provider: "maker" }],
    stakes: [{ ...facts("s"), owner: "owner", owned: "maker", stake: 0.6 }],
  };
}

function newOffer(item: string): NetworkRows["offers"][number] {
  return {
    ...facts(`new-${item}`),
    provider: "new",
    item,
    outputWeight: null,
    share: null,
    level: null,
    readiness: null,
    originCountry: null,
    cost: null,
    leadTimeDays: null,
  };
}
