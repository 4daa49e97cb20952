import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { type Scenario, UNIT_STATES, WAY_KINDS } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import { LiteralScenario } from "../../support/literal-scenario.ts";
import { plainWays } from "../../support/oracle.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";

const question = randomQuestion().filter(({ policy }) => policy.basis !== "CONTROL");

describe("supply units", () => {
  test("are those that a literal recount of the definition finds, with the same bounds", () => {
    fc.assert(
      fc.property(question, ({ rows, policy }) => {
        const scenario = buildScenario(buildNetwork(rows, 1), [], policy);
        const literal = new LiteralScenario(rows, policy);
        for (const { id } of rows.items) expect(recordedUnits(scenario, id)).toStrictEqual(rounded(literal.units(id)));
      }),
      RUNS,
    );
  });
});

describe("ways", () => {
  test("are those that the definition words, for items that are targets and for others", () => {
    fc.assert(
      fc.property(question, ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const literal = new LiteralScenario(rows, policy);
        const holes = new Set(scenario.unrecordedSources.map((item) => network.items[item]!));
        const expected = rows.items.flatMap(({ id }) => literal.ways(id, targets.includes(id), holes.has(id)));
        const found = plainWays(scenario).map((way, position) => ({
          item: network.items[way.node]!,
          kind: WAY_KINDS[scenario.ways.wayKind[position]!]!,
          bought: way.bought,
          slots: way.slots.map((slot) => slot.map((node) => network.items[node]!)),
        }));
        expect(canonical(found)).toStrictEqual(canonical(expected));
      }),
      RUNS,
    );
  });

  test("stand under their node in order of tag, and consumers name every slot that lists a node", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const { ways } = buildScenario(buildNetwork(rows, 1), targets, policy);
        for (let node = 0; node < ways.nodes; node += 1) {
          const tags = ways.wayTags.slice(ways.nodeWays[node], ways.nodeWays[node + 1]);
          expect(tags).toStrictEqual([...tags].sort());
          const listed = Array.from(ways.slotWay.keys()).filter((slot) =>
            ways.alternatives.subarray(ways.slotAlternatives[slot], ways.slotAlternatives[slot + 1]).includes(node),
          );
          expect([
            ...ways.consumerSlots.subarray(ways.nodeConsumers[node], ways.nodeConsumers[node + 1]),
          ]).toStrictEqual(listed);
        }
      }),
      RUNS,
    );
  });
});

function recordedUnits({ network, units }: Scenario, id: string) {
  const item = network.itemIndex.get(id)!;
  const found = [];
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1)
    if (units.unitOffer[unit] !== -1)
      found.push({
        offer: offerId(network, units.unitOffer[unit]!),
        low: units.unitShareLow[unit]!,
        high: units.unitShareHigh[unit]!,
        usable: units.unitUsable[unit] === 1,
        admissible: UNIT_STATES[units.unitState[unit]!] === "ADMISSIBLE",
      });
  return rounded(found);
}

function rounded<Unit extends { readonly low: number; readonly high: number }>(units: readonly Unit[]) {
  return units.map((unit) => ({ ...unit, low: Number(unit.low.toFixed(9)), high: Number(unit.high.toFixed(9)) }));
}

/** Ways as sorted texts, their slots in any order. */
function canonical(ways: readonly { readonly slots: readonly (readonly string[])[] }[]): readonly string[] {
  return ways
    .map((way) => JSON.stringify({ ...way, slots: way.slots.map((slot) => JSON.stringify(slot)).sort() }))
    .sort();
}
