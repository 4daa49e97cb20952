import type { Policy } from "../../graph/analysis/policy.ts";
import type { FactRow, NetworkRows, OfferRow, RequirementRow } from "../../graph/projection/rows.ts";

const READINESS = ["RESEARCH", "SAMPLE", "QUALIFIED", "MASS_PRODUCTION"];

/** A supply unit as ANALYSES.md 2 words it. */
export interface LiteralUnit {
  readonly offer: string;
  readonly low: number;
  readonly high: number;
  readonly usable: boolean;
  readonly admissible: boolean;
}

/** A way as ANALYSES.md 1 words it. */
export interface LiteralWay {
  readonly item: string;
  readonly kind: string;
  readonly bought: boolean;
  readonly slots: readonly (readonly string[])[];
}

/** The definitions of units and ways written down literally on rows, without a thought for speed: an oracle. */
export class LiteralScenario {
  readonly #rows: NetworkRows;
  readonly #policy: Policy;

  constructor(rows: NetworkRows, policy: Policy) {
    this.#policy = policy;
    this.#rows = {
      ...rows,
      offers: rows.offers.filter((row) => this.#holds(row)),
      requirements: rows.requirements.filter((row) => this.#holds(row)),
      variants: rows.variants.filter((row) => this.#holds(row)),
      stakes: rows.stakes.filter((row) => this.#holds(row)),
    };
  }

  #holds(row: FactRow): boolean {
    if (row.assertion === "ASSUMED" && !this.#policy.assumed) return false;
    const { asOf } = this.#policy;
    // The random networks only say "2021" and "2019-12", so that texts compare as days do.
    if (asOf === null) return row.validTo === null;
    return (row.validFrom === null || row.validFrom <= asOf) && (row.validTo === null || row.validTo >= asOf);
  }

  /** Ids of the firms in a jurisdiction: add firms until nothing changes. */
  firmsIn(code: string, policy: Policy = this.#policy): ReadonlySet<string> {
    const deny = policy.unknownOrigin === "DENY";
    const inside = new Set(
      this.#rows.firms.filter((row) => row.country === code || (deny && row.country === null)).map((row) => row.id),
    );
    for (let before = -1; policy.ownership && before !== inside.size; ) {
      before = inside.size;
      for (const firm of this.#rows.firms) {
        const stakes = this.#rows.stakes.filter((row) => row.owned === firm.id);
        const held = sum(stakes.filter((row) => inside.has(row.owner)).map((row) => row.stake ?? 0));
        const open = deny && stakes.some((row) => inside.has(row.owner) && row.stake === null);
        const rest = open ? Math.max(0, 1 - sum(stakes.map((row) => row.stake ?? 0))) : 0;
        if (held + rest >= policy.ownershipThreshold - 1e-9) inside.add(firm.id);
      }
    }
    return inside;
  }

  /** Code of the row of a jurisdiction; null for a firm. */
  #rowCode(offer: OfferRow): string | null {
    return this.#rows.jurisdictions.find((row) => row.id === offer.provider)?.code ?? null;
  }

  /** The one jurisdiction of an offer under HQ or SITE. */
  #place(offer: OfferRow): string | null {
    const code = this.#rowCode(offer);
    if (code !== null) return code;
    if (this.#policy.basis === "SITE") return offer.originCountry;
    return this.#rows.firms.find((row) => row.id === offer.provider)!.country;
  }

  #isIn(offer: OfferRow, code: string): boolean {
    const place = this.#place(offer);
    if (place === code || (place === null && this.#policy.unknownOrigin === "DENY")) return true;
    return this.firmsIn(code).has(offer.provider);
  }

  /** Units of an item, in order of offer id. */
  units(item: string): readonly LiteralUnit[] {
    const policy = this.#policy;
    const offers = this.#rows.offers.filter((row) => row.item === item).sort((a, b) => (a.id < b.id ? -1 : 1));
    const codes = [...new Set(offers.map((row) => this.#place(row)))];
    const rowOf = (code: string | null) =>
      offers
        .filter((row) => this.#rowCode(row) !== null && this.#rowCode(row) === code)
        .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || (a.id < b.id ? -1 : 1))[0];
    const firmsOf = (code: string | null) =>
      offers.filter((row) => this.#rowCode(row) === null && this.#place(row) === code);
    const namedOf = (code: string | null) => sum(firmsOf(code).map((row) => row.share ?? 0));
    const known = sum(codes.map((code) => rowOf(code)?.share ?? namedOf(code)));
    const units: LiteralUnit[] = [];
    for (const offer of offers) {
      const code = this.#place(offer);
      const row = rowOf(code);
      const negligible = offer.level === "NEGLIGIBLE";
      const open = negligible ? 0.02 : Math.max(0, 1 - known);
      let bounds: [number, number] = offer.share === null ? [0, open] : [offer.share, offer.share];
      let isKnown = offer.share !== null;
      if (this.#rowCode(offer) !== null) {
        if (row !== offer) continue;
        const named = firmsOf(code).filter((other) => other.level !== "NEGLIGIBLE");
        if (named.length > 0) {
          const left = (offer.share ?? Number.NaN) - namedOf(code);
          if (named.some((other) => other.share === null)) continue;
          if (!(left + 1e-9 >= Math.max(policy.minShare, 0.02))) continue;
          bounds = [left, left];
          isKnown = true;
        }
      } else if (offer.share === null && row !== undefined) {
        if (row.share !== null)
          bounds = [0, Math.min(Math.max(0, row.share - namedOf(code)), negligible ? 0.02 : Number.POSITIVE_INFINITY)];
        else if (row.level === "NEGLIGIBLE") bounds = [0, 0.02];
      }
      const enough = (isKnown || policy.unknownShare === "ALLOW") && bounds[1] + 1e-9 >= policy.minShare;
      const ready =
        offer.readiness === null || READINESS.indexOf(offer.readiness) >= READINESS.indexOf(policy.minReadiness);
      const usable = !negligible && ready && enough;
      units.push({
        offer: offer.id,
        low: bounds[0],
        high: bounds[1],
        usable,
        admissible: usable && !policy.restricted.some((code_) => this.#isIn(offer, code_)) && !this.#isRemoved(offer),
      });
    }
    return units;
  }

  #isRemoved(offer: OfferRow): boolean {
    const { removed } = this.#policy;
    if (removed.includes(offer.id) || removed.includes(offer.provider) || removed.includes(offer.item)) return true;
    return this.#rows.jurisdictions.some((row) => removed.includes(row.id) && this.#isIn(offer, row.code));
  }

  /** Slots of recipe(item, maker): a slot of the maker's own replaces the general one of the same name. */
  #slots(item: string, maker: string | null): readonly (readonly string[])[] {
    const slots = new Map<string, RequirementRow[]>();
    for (const who of maker === null ? [null] : [null, maker]) {
      const own = new Map<string, RequirementRow[]>();
      for (const row of this.#rows.requirements)
        if (row.item === item && row.maker === who) {
          const key = row.slot ?? ` ${row.id}`;
          own.set(key, [...(own.get(key) ?? []), row]);
        }
      for (const [key, edges] of own) slots.set(key, edges);
    }
    return [...slots.values()]
      .filter((edges) => edges.some((row) => row.essential))
      .map((edges) => [...new Set(edges.map((row) => row.input))].sort());
  }

  /** Every way of an item; `own`: the item is a target; `hole`: it has no source in the baseline. */
  ways(item: string, own: boolean, hole = false): readonly LiteralWay[] {
    const policy = this.#policy;
    if (policy.removed.includes(item)) return [];
    const row = this.#rows.items.find((candidate) => candidate.id === item)!;
    const variants = [
      ...new Set(this.#rows.variants.filter((edge) => edge.itemClass === item).map((edge) => edge.variant)),
    ].sort();
    const way = (kind: string, bought: boolean, maker: string | null, more: readonly string[][] = []): LiteralWay => ({
      item,
      kind,
      bought,
      slots: [...more, ...this.#slots(item, maker)],
    });
    if (variants.length > 0 && row.variantMode === "ALL")
      return [
        way(
          "ALL_VARIANTS",
          false,
          null,
          variants.map((variant) => [variant]),
        ),
      ];
    const ways = variants.map((variant) => way("VARIANT", false, null, [[variant]]));
    const offers = this.#rows.offers.filter((offer) => offer.item === item);
    const isFirm = (id: string) => this.#rows.firms.some((firm) => firm.id === id);
    for (const unit of this.units(item)) {
      const offer = offers.find((candidate) => candidate.id === unit.offer)!;
      if (own ? this.#isRemoved(offer) : !unit.admissible) continue;
      const kind = variants.length > 0 ? "UNSTATED_VARIANT" : own ? "OWN_OFFER" : "OFFER";
      ways.push(way(kind, !own, isFirm(offer.provider) ? offer.provider : null));
    }
    for (const extra of policy.extraOffers)
      if (extra.item === item && !this.#isFirmRemoved(extra.firm)) ways.push(way("EXTRA_OFFER", !own, extra.firm));
    if (variants.length > 0) return ways;
    if (row.category === "PROCESS" || (own && offers.length === 0)) ways.push(way("IN_HOUSE", false, null));
    else if ((offers.length === 0 || hole) && policy.unknownSupply === "ALLOW")
      ways.push(way("UNRECORDED", true, null));
    return ways;
  }

  /** An extra offer fails with its firm and with the jurisdictions that firm is in. */
  #isFirmRemoved(firm: string | null): boolean {
    if (firm === null) return false;
    const { removed } = this.#policy;
    return (
      removed.includes(firm) ||
      this.#rows.jurisdictions.some((row) => removed.includes(row.id) && this.firmsIn(row.code).has(firm))
    );
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
