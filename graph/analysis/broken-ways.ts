import { offerId, requirementId, slotName } from "../projection/edge-ids.ts";
import { type Availability, isAvailable } from "./availability.ts";
import { type PassedOver, passOver } from "./passed-over.ts";
import { type RecordedEdge, variantBetween } from "./path-needs.ts";
import { type Scenario, UNIT_STATES, WAY_KINDS, type WayKind } from "./scenario.ts";

/** A way to have an item that fails, and why: no alternative of one of its slots can be had. */
export interface BrokenWay {
  readonly way: WayKind;
  /** Id of the recorded offer it takes, null where it takes none. */
  readonly offer: string | null;
  /** Name of the slot that broke, null where it has none. */
  readonly slot: string | null;
  /** Ids of the slot's alternatives, ascending. */
  readonly alternatives: readonly string[];
  /** The recorded needs (or variants) behind the slot, in the order of its alternatives. */
  readonly needs: readonly RecordedEdge[];
}

/** The ways of an item that fails within the policy's `maxTier`, in order of tag; empty where it does not. */
export function brokenWays(scenario: Scenario, reached: Availability, item: number): readonly BrokenWay[] {
  const { network, policy, units, ways } = scenario;
  if (isAvailable(reached, item, policy.maxTier)) return [];
  const found: BrokenWay[] = [];
  for (let way = ways.nodeWays[item]!; way < ways.nodeWays[item + 1]!; way += 1) {
    const slot = reached.brokenSlot[way]!;
    if (slot === -1) continue;
    const [from, to] = [ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!];
    const offer = units.unitOffer[ways.wayUnit[way]!] ?? -1;
    found.push({
      way: WAY_KINDS[ways.wayKind[way]!]!,
      offer: offer < 0 ? null : offerId(network, offer),
      slot: slotName(network, ways.alternativeRequirement[from]!),
      alternatives: Array.from(ways.alternatives.subarray(from, to), (input) => network.items[input]!),
      needs: [...ways.alternativeRequirement.subarray(from, to)].flatMap((edge, position) => {
        if (edge < 0) return variantBetween(scenario, item, ways.alternatives[from + position]!) ?? [];
        const maker = network.firms[network.requirementMaker[edge]!];
        return { id: requirementId(network, edge), from: maker ?? network.items[item]! };
      }),
    });
  }
  return found;
}

/** The recorded offers of an item that the policy does not let in, by id, and why. O(its offers). */
export function refusedOffers(scenario: Scenario, item: number): readonly PassedOver[] {
  const { units } = scenario;
  const refused: PassedOver[] = [];
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
    const offer = units.unitOffer[unit]!;
    const state = UNIT_STATES[units.unitState[unit]!]!;
    if (offer >= 0 && state !== "ADMISSIBLE") refused.push(passOver(scenario, offer, state));
  }
  return refused;
}
