import { offerId, slotName } from "../projection/edge-ids.ts";
import type { Collapser } from "./collapse.ts";
import { type Fallen, isTaken } from "./fallen.ts";
import { type Scenario, WAY_KINDS, type WayKind } from "./scenario.ts";
import type { SupplyRegion } from "./supply-region.ts";

/** A way that an item had, and what ended it. */
export interface LostWay {
  readonly kind: WayKind;
  /** Id of the offer it takes, null where it takes none. */
  readonly offer: string | null;
  /** Ids of what was removed that take the way itself; empty where it broke. */
  readonly removedBy: readonly string[];
  /** The slot that lost its last alternative; null where the way itself was removed. */
  readonly slot: BrokenSlot | null;
}

export interface BrokenSlot {
  /** As recorded; null for an input or a variant without one. */
  readonly name: string | null;
  /** Ids of the items any of which would have done, ascending: none of them is available. */
  readonly alternatives: readonly string[];
}

/** One thing that was removed. */
export interface Cause {
  readonly id: string;
  readonly fallen: Fallen;
}

/** Every way of a failed node of the region, in order of tag, as the last answer of the collapser ended it. */
export function lostWaysOf(
  scenario: Scenario,
  region: SupplyRegion,
  collapser: Collapser,
  node: number,
  causes: readonly Cause[],
): readonly LostWay[] {
  const { network, units, ways } = scenario;
  const lost: LostWay[] = [];
  for (let way = region.nodeWays[node]!; way < region.nodeWays[node + 1]!; way += 1) {
    const origin = region.wayOrigin[way]!;
    const offer = units.unitOffer[ways.wayUnit[origin]!] ?? -1;
    const broken = collapser.brokenSlot(way);
    lost.push({
      kind: WAY_KINDS[ways.wayKind[origin]!]!,
      offer: offer < 0 ? null : offerId(network, offer),
      removedBy: causes.filter(({ fallen }) => isTaken(scenario, fallen, origin)).map(({ id }) => id),
      slot: broken === -1 ? null : slotOf(scenario, region.slotOrigin[broken]!),
    });
  }
  return lost;
}

function slotOf({ network, ways }: Scenario, slot: number): BrokenSlot {
  const from = ways.slotAlternatives[slot]!;
  const to = ways.slotAlternatives[slot + 1]!;
  return {
    name: slotName(network, ways.alternativeRequirement[from]!),
    alternatives: Array.from(ways.alternatives.subarray(from, to), (node) => network.items[node]!),
  };
}
