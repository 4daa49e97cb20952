import { compareText } from "../projection/build.ts";
import { type Availability, availability, isAvailable } from "./availability.ts";
import type { Interval } from "./interval.ts";
import { bestGrade, type CandidateKind, readinessToday, type Supplier } from "./recruitment-candidates.ts";
import { compareValues, potentialOf, type RecruitmentModel, rank, restoredWith } from "./recruitment-model.ts";
import type { Picks } from "./recruitment-strategies.ts";
import type { Scenario } from "./scenario.ts";
import { pathTo, type Reach, type Structure } from "./structure.ts";

/** Order of worth: restored, then the lower bound of the potential. */
export interface RecruitmentGain {
  /** Weighted share of the targets that becomes available, in [0, 1]. */
  readonly restored: number;
  /** Growth of Phi, the sum of necessity x best grade over items. */
  readonly potential: Interval;
}

export interface RecruitmentCandidate {
  readonly id: string;
  readonly kind: CandidateKind;
  readonly cost: number;
  /** False where the cost is not known and counts 1. */
  readonly costKnown: boolean;
  readonly items: readonly CandidateItem[];
  /** What it adds alone, beside what lands. */
  readonly gain: RecruitmentGain;
}

export interface CandidateItem {
  readonly item: string;
  /** Weighted share of the targets that have no closed plan without it, in [0, 1]. */
  readonly necessity: number;
  /** Best grade of a source of it today, in [0, 1]. */
  readonly grade: Interval;
  /** Whether it is not available today. */
  readonly blocked: boolean;
  /** How ready the candidate's own recorded offer is; null where not known or where there is none. */
  readonly readiness: string | null;
  /** Witness: items from a target down to it; empty where no target needs it. */
  readonly path: readonly string[];
}

/** Needed items that become available with each of these, added one after the other. */
export function unblockedBy(
  { policy, ways, network }: Scenario,
  supposed: Scenario,
  reached: Availability,
  reach: Reach,
  all: Picks,
  ownerOf: (unit: number) => number,
): readonly (readonly string[])[] {
  let before = reached;
  return all.map((_, at) => {
    const there = new Set(all.slice(0, at + 1));
    const now = availability(supposed, (way) => {
      const unit = supposed.ways.wayUnit[way]!;
      const owner = unit === -1 ? -1 : ownerOf(unit);
      return owner === -1 || there.has(owner);
    });
    const opened = reach.order.filter(
      (node) => isAvailable(now, node, policy.maxTier) && !isAvailable(before, node, policy.maxTier),
    );
    before = now;
    return [...new Set(opened.map((node) => network.items[ways.nodeItem[node]!]!))].sort(compareText);
  });
}

/** Describes the supplier at a position. */
export function describer(
  scenario: Scenario,
  structure: Structure,
  reach: Reach,
  reached: Availability,
  suppliers: readonly Supplier[],
  necessityOf: (item: number) => number,
): (position: number, gain: RecruitmentGain) => RecruitmentCandidate {
  const { network, policy } = scenario;
  return (position, gain) => {
    const { id, kind, firm, items, cost } = suppliers[position]!;
    return {
      id,
      kind,
      cost: cost ?? 1,
      costKnown: cost !== null,
      gain,
      items: items.map((itemId) => {
        const item = network.itemIndex.get(itemId)!;
        return {
          item: itemId,
          necessity: necessityOf(item),
          grade: bestGrade(scenario, item),
          blocked: !isAvailable(reached, item, policy.maxTier),
          readiness: firm === null ? null : readinessToday(scenario, network.firmIndex.get(firm)!, item),
          path: pathTo(structure, reach, item).map((node) => network.items[structure.nodeItem[node]!]!),
        };
      }),
    };
  };
}

/** Order of candidates: most worth alone, then least cost, then by kind and id. */
export function byWorth(a: RecruitmentCandidate, b: RecruitmentCandidate): number {
  const value = ({ gain }: RecruitmentCandidate) => ({ restored: gain.restored, potential: gain.potential.low });
  return (
    compareValues(value(a), value(b)) ||
    rank(a.cost) - rank(b.cost) ||
    compareText(a.kind, b.kind) ||
    compareText(a.id, b.id)
  );
}

/** What these add together with what lands. */
export function gainOf(model: RecruitmentModel, picks: Picks): RecruitmentGain {
  return { restored: restoredWith(model, picks), potential: potentialOf(model, picks) };
}

/** What `a` is more than `b`, which it includes. */
export function difference(a: RecruitmentGain, b: RecruitmentGain): RecruitmentGain {
  return {
    restored: Math.max(0, a.restored - b.restored),
    potential: {
      low: Math.max(0, a.potential.low - b.potential.low),
      high: Math.max(0, a.potential.high - b.potential.high),
    },
  };
}
