import { stakeId } from "../projection/edge-ids.ts";
import { activeUnder } from "./active.ts";
import { attribution, NOWHERE } from "./membership.ts";
import { holdingsUnder, roundsIn } from "./ownership.ts";
import type { RecordedEdge } from "./path-needs.ts";
import type { Scenario } from "./scenario.ts";

/**
 * What puts an offer in a restricted jurisdiction: it is that jurisdiction's own row; its firm's headquarters; its firm's
 * owners; the site it is made at; or that nobody knows where it is, under `unknownOrigin: DENY`.
 */
export type RestrictionGround = "JURISDICTION" | "HEADQUARTERS" | "OWNERS" | "SITE" | "UNKNOWN_ORIGIN";

/** Why an offer counts as restricted. */
export interface Restriction {
  /** Code of the jurisdiction it counts for: the first, in the policy's order, that it is in. */
  readonly jurisdiction: string;
  readonly ground: RestrictionGround;
  /** By OWNERS: the stakes that together put the firm there, its own owners first, then theirs; else empty. */
  readonly stakes: readonly RecordedEdge[];
}

/** Says of an offer (position in the network) why it is restricted, null of one that is not. */
export type RestrictionOf = (offer: number) => Restriction | null;

const made = new WeakMap<Scenario, RestrictionOf>();

/** Why the scenario's policy restricts what it restricts. O(owners) for each jurisdiction, once; then O(stakes named). */
export function restrictions(scenario: Scenario): RestrictionOf {
  const known = made.get(scenario) ?? explain(scenario);
  made.set(scenario, known);
  return known;
}

function explain(scenario: Scenario): RestrictionOf {
  const { network, policy } = scenario;
  const isActive = activeUnder(policy);
  const holdings = holdingsUnder(network, policy, isActive);
  const place = attribution(holdings);
  // By CONTROL owners count for where an offer belongs, whatever `ownership` says.
  const byOwners = policy.ownership || policy.basis === "CONTROL";
  const known = new Map<number, Int32Array>();
  const roundsOf = (jurisdiction: number): Int32Array => {
    const rounds = known.get(jurisdiction) ?? roundsIn(holdings, jurisdiction, byOwners);
    known.set(jurisdiction, rounds);
    return rounds;
  };

  const groundIn = (offer: number, jurisdiction: number): RestrictionGround | null => {
    const firm = network.offerFirm[offer]!;
    const located = place.offer(offer);
    if (network.offerRow[offer] !== -1) return located === jurisdiction ? "JURISDICTION" : null;
    if (network.firmJurisdiction[firm] === jurisdiction) return "HEADQUARTERS";
    const round = roundsOf(jurisdiction)[firm]!;
    if (round > 0 && (policy.ownership || located === jurisdiction)) return "OWNERS";
    if (located === jurisdiction) return "SITE";
    return round === 0 || (located === -1 && policy.unknownOrigin === "DENY") ? "UNKNOWN_ORIGIN" : null;
  };

  return (offer) => {
    for (const code of policy.restricted) {
      const jurisdiction = network.jurisdictionIndex.get(code) ?? NOWHERE;
      const ground = groundIn(offer, jurisdiction);
      if (ground === null) continue;
      const isOwned = ground === "OWNERS";
      return {
        jurisdiction: code,
        ground,
        stakes: isOwned ? stakesBehind(scenario, roundsOf(jurisdiction), network.offerFirm[offer]!) : [],
      };
    }
    return null;
  };
}

/** The stakes of owners found before the firm they own, from the firm upwards; each once, by owner among those of a firm. */
function stakesBehind({ network, policy }: Scenario, rounds: Int32Array, firm: number): readonly RecordedEdge[] {
  const isActive = activeUnder(policy);
  const stakes: RecordedEdge[] = [];
  const queue = new Set([firm]);
  for (const owned of queue)
    for (let row = network.firmOwners[owned]!; row < network.firmOwners[owned + 1]!; row += 1) {
      const owner = network.ownerFirm[row]!;
      if (rounds[owner] === -1 || rounds[owner]! >= rounds[owned]! || !isActive(network.ownerFact, row)) continue;
      if (Number.isNaN(network.ownerStake[row]!) && policy.unknownOrigin === "ALLOW") continue;
      stakes.push({ id: stakeId(network, row), from: network.firms[owner]! });
      queue.add(owner);
    }
  return stakes;
}
