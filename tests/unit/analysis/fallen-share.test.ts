import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { Failures } from "../../../graph/analysis/fallen.ts";
import { fallenShare } from "../../../graph/analysis/fallen-share.ts";
import type { Policy } from "../../../graph/analysis/policy.ts";
import { resolveRemoved } from "../../../graph/analysis/removed.ts";
import { supplyOf } from "../../../graph/analysis/shares.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { NetworkRows, OfferRow } from "../../../graph/projection/rows.ts";
import { LiteralScenario } from "../../support/literal-scenario.ts";
import { ENOUGH_CASES, RUNS, randomQuestion } from "../../support/random-network.ts";
import { allocations, type LiteralGroup, literalSupply } from "../../support/supply-oracle.ts";

/** Which offers a removal takes, read off the rows; `deny`: whatever is of unknown country or stake is taken as there. */
function takenLiterally(rows: NetworkRows, policy: Policy, removed: readonly string[], deny: boolean) {
  const literal = new LiteralScenario(rows, policy);
  const codes = rows.jurisdictions.filter(({ id }) => removed.includes(id)).map(({ code }) => code);
  const reading: Policy = { ...policy, unknownOrigin: deny ? "DENY" : "ALLOW" };
  const inside = new Set(codes.flatMap((code) => [...literal.firmsIn(code, reading)]));
  return (offer: OfferRow): boolean => {
    if ([offer.id, offer.provider, offer.item].some((id) => removed.includes(id))) return true;
    const row = rows.jurisdictions.find(({ id }) => id === offer.provider);
    const firm = rows.firms.find(({ id }) => id === offer.provider);
    const place = row?.code ?? (policy.basis === "SITE" ? offer.originCountry : (firm?.country ?? null));
    if (codes.length > 0 && place === null && deny) return true;
    return inside.has(offer.provider) || codes.some((code) => code === place);
  };
}

/** Every extreme way in which a group's mass lies with its offers: [offer, mass] pairs. */
function withinGroup({ offer, isRow, named }: LiteralGroup, mass: number): readonly (readonly [OfferRow, number])[][] {
  if (!isRow) return [[[offer, mass]]];
  const stated = named.reduce((sum, one) => sum + (one.share ?? 0), 0);
  const scale = offer.share !== null && stated > mass ? mass / stated : 1;
  const known = named.map((one): readonly [OfferRow, number] => [one, (one.share ?? 0) * scale]);
  const left = Math.max(0, mass - stated * scale);
  const firms = named.filter(({ level }) => level !== "NEGLIGIBLE");
  const open = firms.filter(({ share }) => share === null);
  const little = named.filter(({ level, share }) => level === "NEGLIGIBLE" && share === null);
  const isRounding = offer.share !== null && firms.length > 0 && left + 1e-9 < 0.02;
  const main = open.length > 0 ? open : isRounding ? firms : [offer];
  const found: (readonly [OfferRow, number])[][] = [];
  for (let mask = 0; mask < 2 ** little.length; mask += 1) {
    let rest = left;
    const taken = little.flatMap((one, bit): (readonly [OfferRow, number])[] => {
      if (((mask >>> bit) & 1) === 0) return [];
      const part = Math.min(0.02, rest);
      rest -= part;
      return [[one, part]];
    });
    for (const one of main) found.push([...known, ...taken, [one, rest]]);
  }
  return found;
}

describe("the share that falls", () => {
  test("is the least and the most over every extreme way the unknown supply may lie", () => {
    let partial = 0;
    const questions = randomQuestion({ items: 3, firms: 4 }).chain((question) =>
      fc.record({
        question: fc.constant(question),
        removed: fc.subarray(
          [...question.rows.firms, ...question.rows.offers, ...question.rows.jurisdictions].map(({ id }) => id),
          { maxLength: 3 },
        ),
      }),
    );
    fc.assert(
      fc.property(questions, ({ question: { rows, policy: drawn }, removed }) => {
        const policy: Policy = { ...drawn, basis: drawn.basis === "CONTROL" ? "HQ" : drawn.basis, removed: [] };
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, [], policy);
        const fallen = new Failures(scenario).ofRemoved(resolveRemoved(network, { ...policy, removed }));
        const surely = takenLiterally(rows, policy, removed, false);
        const maybe = takenLiterally(rows, policy, removed, true);
        for (const { id } of rows.items) {
          const supply = literalSupply(rows, policy, id);
          const compiled = supplyOf(scenario, network.itemIndex.get(id)!);
          expect(compiled === null).toBe(supply === null);
          if (supply === null || compiled === null) continue;
          const isListed = supply.groups.some(({ takes }) => takes === "ANY");
          let low = Number.POSITIVE_INFINITY;
          let high = 0;
          for (const { masses, unlisted } of allocations(supply, 1)) {
            let least = 0;
            let most = !isListed && fallen.anywhere ? unlisted : 0;
            for (const [position, group] of supply.groups.entries()) {
              const splits = withinGroup(group, masses[position]!);
              const sum = (split: (typeof splits)[number], falls: (offer: OfferRow) => boolean) =>
                split.reduce((total, [offer, mass]) => total + (falls(offer) ? mass : 0), 0);
              least += Math.min(...splits.map((split) => sum(split, surely)));
              most += Math.max(...splits.map((split) => sum(split, maybe)));
            }
            low = Math.min(low, least / supply.total);
            high = Math.max(high, most / supply.total);
          }
          const share = fallenShare(network, compiled, fallen);
          expect(share.low).toBeCloseTo(Math.min(1, low), 9);
          expect(share.high).toBeCloseTo(Math.min(1, high), 9);
          if (share.low > 0 && share.low < share.high) partial += 1;
        }
      }),
      RUNS,
    );
    expect(partial).toBeGreaterThan(ENOUGH_CASES);
  });
});
