import { OFFER_LEVELS } from "../projection/build.ts";
import { activeUnder } from "./active.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";

/** RECORDED: a purchase of a target firm names it. MARKET: the leading offers, as nothing is recorded of the target. */
export type TodaysBasis = "RECORDED" | "MARKET" | "UNKNOWN";

export interface TodaysSource {
  readonly basis: TodaysBasis;
  /** Positions in the network, restricted and unusable ones included; the leading one first. */
  readonly offers: readonly number[];
  /** By RECORDED: who sells it to the targets. */
  readonly firms: readonly number[];
  /** Whether any offer of the item is recorded. */
  readonly isOffered: boolean;
}

const MAJOR = OFFER_LEVELS.indexOf("MAJOR");
const LEADERS = 3;

/**
 * Where an item comes from today, whatever the policy forbids: from whom a target firm is recorded to buy it, else the
 * market's leading offers. These are the largest by recorded share that together hold half of what is recorded (at most
 * three); without shares those of level MAJOR (at most three, by provider); or the only offer there is. Else UNKNOWN.
 */
export function todaysSource(scenario: Scenario, item: number): TodaysSource {
  const { network } = scenario;
  const offers = usedOffers(scenario, item);
  const isOffered = offers.length > 0;
  const firms = recordedSellers(scenario, item);
  if (firms.length > 0) {
    const sold = offers.filter((offer) => firms.includes(network.offerFirm[offer]!));
    return { basis: "RECORDED", offers: sold, firms, isOffered };
  }
  const leading = leadingOffers(scenario, offers);
  return { basis: leading.length > 0 ? "MARKET" : "UNKNOWN", offers: leading, firms, isOffered };
}

function recordedSellers({ network, policy, targets }: Scenario, item: number): readonly number[] {
  const isActive = activeUnder(policy);
  const sellers = new Set<number>();
  for (const buyer of new Set(targets.map((target) => target.firm))) {
    if (buyer < 0) continue;
    for (let row = network.firmPurchases[buyer]!; row < network.firmPurchases[buyer + 1]!; row += 1) {
      if (network.purchaseItem[row] !== item || !isActive(network.purchaseFact, row)) continue;
      sellers.add(network.purchaseSeller[row]!);
    }
  }
  return [...sellers].sort((a, b) => a - b);
}

function leadingOffers({ network }: Scenario, offers: readonly number[]): readonly number[] {
  if (offers.length === 1) return offers;
  const known = offers
    .filter((offer) => network.offerShare[offer]! > 0)
    .sort((a, b) => network.offerShare[b]! - network.offerShare[a]! || a - b);
  if (known.length === 0) return offers.filter((offer) => network.offerLevel[offer] === MAJOR).slice(0, LEADERS);
  const total = known.reduce((sum, offer) => sum + network.offerShare[offer]!, 0);
  let held = 0;
  const leading: number[] = [];
  for (const offer of known) {
    if (held * 2 >= total || leading.length === LEADERS) break;
    leading.push(offer);
    held += network.offerShare[offer]!;
  }
  return leading;
}
