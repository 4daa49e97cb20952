import fc from "fast-check";
import { expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closure } from "../../../graph/analysis/closure.ts";
import { bestPlan } from "../../../graph/analysis/plan.ts";
import { WAY_KINDS } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { plainWays, range } from "../../support/oracle.ts";
import { type RandomQuestion, randomQuestion } from "../../support/random-network.ts";
import { holds } from "../../support/supply-oracle.ts";

const SAMPLES = 600;

/** Least share of the questions, in percent, that each case is met in: about half of what was measured. */
const LEAST = {
  empty: 3,
  "one item": 3,
  "several targets": 8,
  "a loop": 12,
  "a loop of several items": 4,
  "a slot with alternatives": 12,
  "a class ANY": 9,
  "a class ALL": 5,
  "an offer bought": 7,
  "made in house": 20,
  "an unrecorded supplier": 9,
  "an offer of unknown share": 20,
  "a row beside a firm of its jurisdiction": 12,
  "a firm controlled by another": 20,
  "a maker's own recipe": 5,
  blocked: 10,
  "a plan with a loop": 7,
} as const;
type Case = keyof typeof LEAST;

/** What a question has, of all that its targets need. */
function casesOf({ rows, targets, policy }: RandomQuestion): readonly Case[] {
  const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
  const { network, ways, units } = scenario;
  const { depth } = closure(scenario);
  const isNeeded = (node: number): boolean => targets.length > 0 && depth[node] !== -1;
  const needed = range(0, ways.wayNode.length).filter((way) => isNeeded(ways.wayNode[way]!));
  const plain = plainWays(scenario);
  const kinds = new Set(needed.map((way) => WAY_KINDS[ways.wayKind[way]!]));
  const offers = rows.offers.filter((row) => holds(row, policy) && isNeeded(network.itemIndex.get(row.item)!));
  const countryOf = new Map(rows.firms.map((row) => [row.id, row.country]));
  const upstream = (from: number): ReadonlySet<number> => {
    const found = new Set<number>();
    const stack = [from];
    for (let node = stack.pop(); node !== undefined; node = stack.pop())
      for (const way of plain.filter((other) => other.node === node))
        for (const input of way.slots.flat()) if (!found.has(input)) stack.push(found.add(input) && input);
    return found;
  };
  const looping = range(0, ways.nodes).filter((node) => isNeeded(node) && upstream(node).has(node));
  const { tier } = availability(scenario);
  const isBlocked = scenario.targets.some(({ node }) => tier[node] !== 0);
  const plan = targets.length === 0 ? null : bestPlan(scenario);
  const met: Readonly<Record<Case, boolean>> = {
    empty: rows.items.length === 0,
    "one item": rows.items.length === 1,
    "several targets": targets.length > 1,
    "a loop": looping.length > 0,
    "a loop of several items": looping.some((node) =>
      looping.some((other) => other !== node && upstream(node).has(other) && upstream(other).has(node)),
    ),
    "a slot with alternatives": needed.some((way) => plain[way]!.slots.some((slot) => slot.length > 1)),
    "a class ANY": kinds.has("VARIANT"),
    "a class ALL": kinds.has("ALL_VARIANTS"),
    "an offer bought": kinds.has("OFFER"),
    "made in house": kinds.has("IN_HOUSE"),
    "an unrecorded supplier": kinds.has("UNRECORDED"),
    "an offer of unknown share": offers.some((row) => row.share === null),
    "a row beside a firm of its jurisdiction": offers.some((row) =>
      offers.some((other) => other.item === row.item && other.provider === `j-${countryOf.get(row.provider)}`),
    ),
    "a firm controlled by another": rows.stakes.some((row) => holds(row, policy) && (row.stake ?? 0) >= 0.5),
    "a maker's own recipe": needed.some((way) => {
      const unit = ways.wayUnit[way]!;
      const maker = unit < 0 ? undefined : network.firms[units.unitFirm[unit]!];
      const item = network.items[ways.nodeItem[ways.wayNode[way]!]!];
      return rows.requirements.some(
        (row) => holds(row, policy) && maker !== undefined && row.maker === maker && row.item === item,
      );
    }),
    blocked: isBlocked,
    "a plan with a loop": plan !== null && plan.loops.length > 0,
  };
  return (Object.keys(met) as Case[]).filter((name) => met[name]);
}

test("random networks have what makes them hard on the way from the targets, often enough", () => {
  const counts = new Map<Case, number>();
  for (const question of fc.sample(randomQuestion(), SAMPLES))
    for (const name of casesOf(question)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const rare = Object.entries(LEAST).filter(
    ([name, least]) => (100 * (counts.get(name as Case) ?? 0)) / SAMPLES < least,
  );
  expect(rare).toStrictEqual([]);
});
