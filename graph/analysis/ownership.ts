import { groupRows } from "../projection/csr.ts";
import type { Network } from "../projection/network.ts";
import { type IsActive, oncePerFacts } from "./active.ts";
import type { Policy } from "./policy.ts";

/** Sums of stakes are compared with the threshold up to this much rounding. */
const ROUNDING = 1e-9;

/** Who owns whom, seen from the owners, with the stakes that hold under a policy. */
export interface Holdings {
  readonly network: Network;
  readonly policy: Policy;
  /** Stakes held by each firm. */
  readonly ownerStakes: Int32Array;
  readonly stakeOwned: Int32Array;
  readonly stake: Float64Array;
  /** Sum of the known stakes in each firm. */
  readonly knownSum: Float64Array;
}

/** The stakes of the network turned round, once for all jurisdictions and policies of the same facts. O(owners). */
export function holdingsUnder(network: Network, policy: Policy, isActive: IsActive): Holdings {
  return { network, policy, ...stakesHeld(network, isActive) };
}

const stakesHeld = oncePerFacts((network, isActive): Omit<Holdings, "network" | "policy"> => {
  const used: number[] = [];
  const owned: number[] = [];
  const knownSum = new Float64Array(network.firms.length);
  for (let firm = 0; firm < network.firms.length; firm += 1)
    for (let row = network.firmOwners[firm]!; row < network.firmOwners[firm + 1]!; row += 1) {
      if (!isActive(network.ownerFact, row)) continue;
      used.push(row);
      owned.push(firm);
      const stake = network.ownerStake[row]!;
      if (!Number.isNaN(stake)) knownSum[firm]! += stake;
    }
  const owners = new Int32Array(used.length);
  for (let at = 0; at < owners.length; at += 1) owners[at] = network.ownerFirm[used[at]!]!;
  const { offsets, order } = groupRows(owners, network.firms.length);
  const stakeOwned = new Int32Array(order.length);
  const stake = new Float64Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    stakeOwned[at] = owned[order[at]!]!;
    stake[at] = network.ownerStake[used[order[at]!]!]!;
  }
  return { ownerStakes: offsets, stakeOwned, stake, knownSum };
});

/**
 * The round in which each firm is found to be in a jurisdiction: 0 by its headquarters, r + 1 by owners found up to round
 * r who together hold the threshold; -1 never. Least fixpoint, O(owners). With `unknownOrigin: DENY` a firm of unknown
 * country counts as in it, and owners of unknown stake as holding together all that the known stakes leave.
 */
export function roundsIn(holdings: Holdings, jurisdiction: number, byOwners: boolean): Int32Array {
  const { network, policy } = holdings;
  const deny = policy.unknownOrigin === "DENY";
  const rounds = new Int32Array(network.firms.length).fill(-1);
  const held = new Float64Array(network.firms.length);
  const heldUnknown = new Uint8Array(network.firms.length);
  let found: number[] = [];
  for (let firm = 0; firm < network.firms.length; firm += 1) {
    const home = network.firmJurisdiction[firm]!;
    if (home !== jurisdiction && !(deny && home === -1)) continue;
    rounds[firm] = 0;
    found.push(firm);
  }
  for (let round = 1; byOwners && found.length > 0; round += 1) {
    const next: number[] = [];
    for (const owner of found)
      for (let row = holdings.ownerStakes[owner]!; row < holdings.ownerStakes[owner + 1]!; row += 1) {
        const owned = holdings.stakeOwned[row]!;
        const stake = holdings.stake[row]!;
        if (!Number.isNaN(stake)) held[owned]! += stake;
        else if (deny) heldUnknown[owned] = 1;
        const sum = held[owned]! + (heldUnknown[owned] === 1 ? Math.max(0, 1 - holdings.knownSum[owned]!) : 0);
        if (rounds[owned] !== -1 || sum < policy.ownershipThreshold - ROUNDING) continue;
        rounds[owned] = round;
        next.push(owned);
      }
    found = next;
  }
  return rounds;
}

/** 1 for each firm that is in the jurisdiction under the policy (ANALYSES.md 13); -1 = one that no row names. */
export function firmsIn(holdings: Holdings, jurisdiction: number): Uint8Array {
  const rounds = roundsIn(holdings, jurisdiction, holdings.policy.ownership);
  const inside = new Uint8Array(rounds.length);
  for (let firm = 0; firm < rounds.length; firm += 1) if (rounds[firm] !== -1) inside[firm] = 1;
  return inside;
}

/** Codes, ascending, of the jurisdictions a firm is known to be in; empty where its country and owners say none. */
export function jurisdictionsOf(network: Network, firm: number, policy: Policy, isActive: IsActive): readonly string[] {
  const known = holdingsUnder(network, { ...policy, unknownOrigin: "ALLOW" }, isActive);
  return network.jurisdictions.filter((_, jurisdiction) => firmsIn(known, jurisdiction)[firm] === 1);
}

/**
 * The one jurisdiction that controls each firm: where the longest line of controlling owners ends (ties: the first code),
 * its own where nobody controls it; -1 unknown. Whatever `ownership` says. O(owners x jurisdictions).
 */
export function controllers(holdings: Holdings): Int32Array {
  const { network, policy } = holdings;
  const known = { ...holdings, policy: { ...policy, unknownOrigin: "ALLOW" as const } };
  const controller = Int32Array.from(network.firmJurisdiction);
  const longest = new Int32Array(network.firms.length);
  for (let jurisdiction = 0; jurisdiction < network.jurisdictions.length; jurisdiction += 1) {
    const rounds = roundsIn(known, jurisdiction, true);
    for (let firm = 0; firm < rounds.length; firm += 1) {
      if (rounds[firm]! <= longest[firm]!) continue;
      longest[firm] = rounds[firm]!;
      controller[firm] = jurisdiction;
    }
  }
  return controller;
}
