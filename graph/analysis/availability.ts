import { checkpoint } from "./checkpoint.ts";
import type { Scenario, Ways } from "./scenario.ts";

/** Which nodes of a scenario are available, and where the others fail. */
export interface Availability {
  /**
   * Purchase tier at which each node fails (ANALYSES.md 3): 1 = it has no way, or fails before any purchase; 0 = available,
   * whatever the depth.
   */
  readonly tier: Int32Array;
  /** Slot whose failure ended each way, -1 for ways that stand. */
  readonly brokenSlot: Int32Array;
}

/**
 * Greatest fixpoint of "some way all of whose slots have an available alternative", with the tier of each failure as the
 * least solution of t(way) = bought + min over slots of max over alternatives. One removal pass in order of tier, O(N).
 *
 * @param allow Ways that are looked at; the others are as if they were not there. All where absent.
 */
export function availability(scenario: Scenario, allow?: (way: number) => boolean): Availability {
  checkpoint();
  return removalPass(scenario.ways, allow);
}

/** Whether a node counts as available where failures at a tier beyond `maxTier` are not looked at (null = the full depth). */
export function isAvailable(result: Availability, node: number, maxTier: number | null): boolean {
  const tier = result.tier[node]!;
  return tier === 0 || (maxTier !== null && tier > maxTier);
}

/** Purchase tiers up to which a node is free of failures; null = throughout. */
export function freeToTier(result: Availability, node: number): number | null {
  const tier = result.tier[node]!;
  return tier === 0 ? null : tier - 1;
}

function removalPass(ways: Ways, allow?: (way: number) => boolean): Availability {
  const tier = new Int32Array(ways.nodes);
  const brokenSlot = new Int32Array(ways.wayNode.length).fill(-1);
  const isOut = new Uint8Array(allow === undefined ? 0 : ways.wayNode.length);
  const standingWays = new Int32Array(ways.nodes);
  const standingAlternatives = new Int32Array(ways.slotWay.length);
  /** Greatest tier of the ways of a node that have ended. */
  const worst = new Int32Array(ways.nodes).fill(1);
  for (let slot = 0; slot < standingAlternatives.length; slot += 1)
    standingAlternatives[slot] = ways.slotAlternatives[slot + 1]! - ways.slotAlternatives[slot]!;

  let current: number[] = [];
  for (let node = 0; node < ways.nodes; node += 1) {
    standingWays[node] = ways.nodeWays[node + 1]! - ways.nodeWays[node]!;
    if (allow !== undefined)
      for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
        if (allow(way)) continue;
        isOut[way] = 1;
        standingWays[node]! -= 1;
      }
    if (standingWays[node] === 0) {
      tier[node] = 1;
      current.push(node);
    }
  }
  for (let level = 1; current.length > 0; level += 1) {
    const next: number[] = [];
    // Grows while it is read: what fails without a purchase fails at the same tier.
    for (const failed of current)
      for (let at = ways.nodeConsumers[failed]!; at < ways.nodeConsumers[failed + 1]!; at += 1) {
        const slot = ways.consumerSlots[at]!;
        standingAlternatives[slot]! -= 1;
        const way = ways.slotWay[slot]!;
        if (standingAlternatives[slot] !== 0 || brokenSlot[way] !== -1 || isOut[way] === 1) continue;
        brokenSlot[way] = slot;
        const node = ways.wayNode[way]!;
        worst[node] = Math.max(worst[node]!, level + ways.wayBought[way]!);
        standingWays[node]! -= 1;
        if (standingWays[node] !== 0) continue;
        tier[node] = worst[node]!;
        (tier[node] === level ? current : next).push(node);
      }
    current = next;
  }
  return { tier, brokenSlot };
}
