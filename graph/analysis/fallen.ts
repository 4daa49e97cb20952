import { activeUnder } from "./active.ts";
import { type Attribution, attribution, membership } from "./membership.ts";
import { type Holdings, holdingsUnder } from "./ownership.ts";
import type { Removed } from "./removed.ts";
import type { Scenario } from "./scenario.ts";

/**
 * What fails at once, asked of one record at a time. A jurisdiction takes its row and every unit in it, by owners as well
 * where the policy counts them (ANALYSES.md 2); a firm what it is recorded to offer.
 */
export interface Fallen {
  readonly item: (item: number) => boolean;
  /** Whether an offer falls whatever the unknown countries and stakes turn out to be. */
  readonly surely: (offer: number) => boolean;
  /** Whether it may. */
  readonly maybe: (offer: number) => boolean;
  /** Whether it falls as the policy reads them. */
  readonly offer: (offer: number) => boolean;
  /** Whether a firm falls as the policy reads them: for extra offers. */
  readonly firm: (firm: number) => boolean;
  /** Whether jurisdictions fall: then a supplier that nobody recorded may be in one. */
  readonly anywhere: boolean;
}

const never = (): boolean => false;

/** Makes `Fallen` of a scenario: what all of them share is read once. */
export class Failures {
  readonly #scenario: Scenario;
  readonly #known: Holdings;
  readonly #suspected: Holdings;
  readonly #place: Attribution;

  constructor(scenario: Scenario) {
    const { network, policy } = scenario;
    this.#scenario = scenario;
    const holdings = holdingsUnder(network, policy, activeUnder(policy));
    this.#known = { ...holdings, policy: { ...policy, unknownOrigin: "ALLOW" } };
    this.#suspected = { ...holdings, policy: { ...policy, unknownOrigin: "DENY" } };
    this.#place = attribution(this.#known);
  }

  /** Everything that a policy's `removed` names, at once. */
  ofRemoved(removed: Removed): Fallen {
    const { network } = this.#scenario;
    const places = this.ofJurisdictions([...removed.jurisdictions]);
    const named: Fallen = {
      item: (item) => removed.items.has(item),
      ...certain((offer) => removed.firms.has(network.offerFirm[offer]!) || removed.offers.has(offer)),
      firm: (firm) => removed.firms.has(firm),
      anywhere: false,
    };
    return joined(named, places);
  }

  ofItem(item: number): Fallen {
    return { item: (other) => other === item, ...certain(never), firm: never, anywhere: false };
  }

  ofFirm(firm: number): Fallen {
    const { network } = this.#scenario;
    return {
      item: never,
      ...certain((offer) => network.offerFirm[offer] === firm),
      firm: (other) => other === firm,
      anywhere: false,
    };
  }

  /** O(jurisdictions x owners); a position that no row names (`NOWHERE`) holds what is of unknown origin. */
  ofJurisdictions(jurisdictions: readonly number[]): Fallen {
    const known = membership(this.#known, jurisdictions, this.#place);
    const suspected = membership(this.#suspected, jurisdictions, this.#place);
    const read = this.#scenario.policy.unknownOrigin === "DENY" ? suspected : known;
    return {
      item: never,
      surely: known.offer,
      maybe: suspected.offer,
      offer: read.offer,
      firm: read.firm,
      anywhere: jurisdictions.length > 0,
    };
  }
}

/** What falls when both do. */
export function joined(one: Fallen, other: Fallen): Fallen {
  return {
    item: (item) => one.item(item) || other.item(item),
    surely: (offer) => one.surely(offer) || other.surely(offer),
    maybe: (offer) => one.maybe(offer) || other.maybe(offer),
    offer: (offer) => one.offer(offer) || other.offer(offer),
    firm: (firm) => one.firm(firm) || other.firm(firm),
    anywhere: one.anywhere || other.anywhere,
  };
}

/** Whether a way of the scenario is gone: its item, or the offer it takes, has fallen. */
export function isTaken({ units, ways }: Scenario, fallen: Fallen, way: number): boolean {
  if (fallen.item(ways.nodeItem[ways.wayNode[way]!]!)) return true;
  const unit = ways.wayUnit[way]!;
  if (unit === -1) return false;
  const offer = units.unitOffer[unit]!;
  return offer === -1 ? fallen.firm(units.unitFirm[unit]!) : fallen.offer(offer);
}

function certain(falls: (offer: number) => boolean): Pick<Fallen, "surely" | "maybe" | "offer"> {
  return { surely: falls, maybe: falls, offer: falls };
}
