import { PRODUCT_CATEGORIES } from "../projection/build.ts";
import { offerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import type { IsActive } from "./active.ts";
import type { Policy } from "./policy.ts";
import { type GeneralRecipes, Recipes } from "./recipes.ts";
import type { Removed } from "./removed.ts";
import { UNIT_STATES, type Units, type Ways } from "./scenario.ts";
import type { TargetOffer } from "./targets.ts";
import { type WayHead, WayList } from "./way-list.ts";

const PROCESS = PRODUCT_CATEGORIES.indexOf("PROCESS");
const ADMISSIBLE = UNIT_STATES.indexOf("ADMISSIBLE");

/** What the ways of a scenario are compiled from. */
export interface WaysInput {
  readonly network: Network;
  readonly policy: Policy;
  readonly isActive: IsActive;
  readonly removed: Removed;
  readonly units: Units;
  /** Targets in order; those with an offer get the nodes after the items, in this order. */
  readonly targets: readonly TargetOffer[];
  /** Items without way in the baseline: an UNRECORDED way where unknown supply is allowed. */
  readonly unrecordedSources: ReadonlySet<number>;
  /** Whether a way without any recorded requirement counts for elementary items only. */
  readonly recipesRequired: boolean;
}

/**
 * Compiles the AND/OR hypergraph (ANALYSES.md 1). A class with variants is had through them or an own offer, never in
 * house; an offer of a class ALL is no way. O(offers x slots + variants).
 */
export function compileWays(input: WaysInput): Ways {
  const compiler = new WayCompiler(input);
  for (let item = 0; item < input.network.items.length; item += 1) compiler.addItem(item);
  for (const target of input.targets) if (target.offer !== -1) compiler.addOwnOffer(target);
  return compiler.list.toWays();
}

class WayCompiler {
  readonly list: WayList;
  readonly #input: WaysInput;
  readonly #network: Network;
  readonly #recipes: Recipes;
  readonly #general: GeneralRecipes;
  readonly #ownItems: ReadonlySet<number>;

  constructor(input: WaysInput) {
    this.#input = input;
    this.#network = input.network;
    this.#recipes = new Recipes(input.network, input.isActive);
    this.#general = this.#recipes.general;
    const nodes = input.network.items.length;
    const units = input.units.unitOffer.length;
    // Most items have each of their recipes once for each who offers them.
    const times = 1 + units / Math.max(1, nodes);
    this.list = new WayList((kind, unit, about) => this.#tagOf(kind, unit, about), {
      nodes: nodes + input.targets.length,
      ways: nodes + units,
      slots: Math.ceil(this.#general.slotInputs.length * times),
      alternatives: Math.ceil(this.#general.inputs.length * times),
    });
    this.#ownItems = new Set(input.targets.filter((target) => target.offer === -1).map((target) => target.item));
  }

  addItem(item: number): void {
    this.list.startNode(item);
    if (this.#input.removed.items.has(item)) return;
    const variants = this.#variantsOf(item);
    if (variants.length > 0 && this.#network.itemVariantAll[item] === 1) this.#addAllVariants(item, variants);
    else {
      for (const variant of variants) this.#addVariant(item, variant);
      const offered = this.#addUnits(item, variants.length > 0);
      if (variants.length === 0) this.#addUnoffered(item, offered);
    }
  }

  addOwnOffer(target: TargetOffer): void {
    this.list.startNode(target.item);
    const { units } = this.#input;
    for (let unit = units.itemUnits[target.item]!; unit < units.itemUnits[target.item + 1]!; unit += 1)
      if (units.unitOffer[unit] === target.offer && units.unitRemoved[unit] === 0)
        this.#addMade(target.item, units.unitFirm[unit]!, this.#offerHead("OWN_OFFER", unit, false));
  }

  #variantsOf(item: number): readonly number[] {
    const network = this.#network;
    const variants: number[] = [];
    for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1) {
      const variant = network.variantItem[row]!;
      if (this.#input.isActive(network.variantFact, row) && variants.at(-1) !== variant) variants.push(variant);
    }
    return variants;
  }

  #addVariant(item: number, variant: number): void {
    this.list.startWay(this.#free("VARIANT", variant));
    this.list.addSlot([variant], [-1]);
    this.#addRecipe(item, -1);
  }

  #addAllVariants(item: number, variants: readonly number[]): void {
    this.list.startWay(this.#free("ALL_VARIANTS", item));
    for (const variant of variants) this.list.addSlot([variant], [-1]);
    this.#addRecipe(item, -1);
  }

  /** Ways by the units that may be used; returns whether any offer of the item is recorded. */
  #addUnits(item: number, isClass: boolean): boolean {
    const { units } = this.#input;
    const own = this.#ownItems.has(item);
    let offered = false;
    for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
      const isExtra = units.unitOffer[unit] === -1;
      if (!isExtra) offered = true;
      if (units.unitRemoved[unit] === 1 || !(own || isExtra || units.unitState[unit] === ADMISSIBLE)) continue;
      const kind = isExtra ? "EXTRA_OFFER" : isClass ? "UNSTATED_VARIANT" : own ? "OWN_OFFER" : "OFFER";
      this.#addMade(item, units.unitFirm[unit]!, this.#offerHead(kind, unit, !own));
    }
    return offered;
  }

  #addUnoffered(item: number, offered: boolean): void {
    const inHouse = this.#network.itemCategory[item] === PROCESS || (!offered && this.#ownItems.has(item));
    if (inHouse) this.#addMade(item, -1, this.#free("IN_HOUSE", item));
    const unrecorded = inHouse ? false : !offered || this.#input.unrecordedSources.has(item);
    if (unrecorded && this.#input.policy.unknownSupply === "ALLOW")
      this.#addMade(item, -1, { kind: "UNRECORDED", bought: true, cost: Number.NaN, unit: -1, about: item });
  }

  /** Adds a way that makes the item by the recipe of its maker, unless nothing is known of what it needs and that matters. */
  #addMade(item: number, maker: number, head: WayHead): void {
    const { recipesRequired } = this.#input;
    if (recipesRequired && this.#network.itemElementary[item] === 0 && !this.#recipes.isRecorded(item, maker)) return;
    this.list.startWay(head);
    this.#addRecipe(item, maker);
  }

  #addRecipe(item: number, maker: number): void {
    if (this.#recipes.hasOwn(item, maker))
      this.#recipes.emit(item, maker, (inputs, requirements) => this.list.addSlot(inputs, requirements));
    else this.list.addGeneral(this.#general, item);
  }

  #free(kind: "VARIANT" | "ALL_VARIANTS" | "IN_HOUSE", about: number): WayHead {
    return { kind, bought: false, cost: 0, unit: -1, about };
  }

  #offerHead(kind: WayHead["kind"], unit: number, bought: boolean): WayHead {
    const { units, policy } = this.#input;
    const offer = units.unitOffer[unit]!;
    const price = offer === -1 ? policy.extraOffers[units.unitExtra[unit]!]!.cost : this.#network.offerCost[offer]!;
    return { kind, bought, cost: price ?? Number.NaN, unit, about: -1 };
  }

  #tagOf(kind: WayHead["kind"], unit: number, about: number): string {
    if (unit === -1) return `${kind}:${this.#network.items[about]}`;
    const { units, policy } = this.#input;
    const offer = units.unitOffer[unit]!;
    if (offer !== -1) return offerId(this.#network, offer);
    const { item, firm } = policy.extraOffers[units.unitExtra[unit]!]!;
    return `${kind}:${item}:${firm ?? ""}`;
  }
}
