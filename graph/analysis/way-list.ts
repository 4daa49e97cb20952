import { FloatList, groupsListing, IntList, ownersOf, sortRange } from "../projection/csr.ts";
import { compareText } from "../projection/texts.ts";
import type { GeneralRecipes } from "./recipes.ts";
import { WAY_KINDS, type WayKind, type Ways } from "./scenario.ts";

/** A way before its slots. */
export interface WayHead {
  readonly kind: WayKind;
  readonly bought: boolean;
  /** NaN = unknown, counted as 1. */
  readonly cost: number;
  /** Unit it takes, -1 = none. */
  readonly unit: number;
  /** The item that its tag names where it takes no unit. */
  readonly about: number;
}

const VARIANT = WAY_KINDS.indexOf("VARIANT");
const EXTRA_OFFER = WAY_KINDS.indexOf("EXTRA_OFFER");

/**
 * Collects nodes, ways and slots as they are compiled, then packs them into typed arrays with the ways in order of tag.
 * The variants of a node come ascending, its recorded offers by id: tags are made only where a node has ways of more sorts
 * than one, and where someone reads them.
 */
export class WayList {
  readonly #tagOf: (kind: WayKind, unit: number, about: number) => string;
  readonly #nodeItem: IntList;
  readonly #nodeWays: IntList;
  readonly #kind: IntList;
  readonly #bought: IntList;
  readonly #cost: FloatList;
  readonly #unit: IntList;
  readonly #about: IntList;
  readonly #waySlots: IntList;
  readonly #slotAlternatives: IntList;
  readonly #alternatives: IntList;
  readonly #requirements: IntList;
  /** Nodes whose ways may be out of order. */
  readonly #mixed = new IntList();

  /** @param expected how many of each will come, as far as that is known */
  constructor(
    tagOf: (kind: WayKind, unit: number, about: number) => string,
    { nodes, ways, slots, alternatives }: Readonly<Record<"nodes" | "ways" | "slots" | "alternatives", number>>,
  ) {
    this.#tagOf = tagOf;
    this.#slotAlternatives = new IntList(slots);
    this.#alternatives = new IntList(alternatives);
    this.#requirements = new IntList(alternatives);
    this.#nodeItem = new IntList(nodes);
    this.#nodeWays = new IntList(nodes);
    this.#kind = new IntList(ways);
    this.#bought = new IntList(ways);
    this.#cost = new FloatList(ways);
    this.#unit = new IntList(ways);
    this.#about = new IntList(ways);
    this.#waySlots = new IntList(ways);
  }

  /** Opens the next node; the ways that follow are its own. */
  startNode(item: number): void {
    this.#nodeItem.push(item);
    this.#nodeWays.push(this.#kind.length);
  }

  /** Opens a way of the open node; the slots that follow are its own. */
  startWay({ kind, bought, cost, unit, about }: WayHead): void {
    const code = WAY_KINDS.indexOf(kind);
    const way = this.#kind.length;
    const node = this.#nodeItem.length - 1;
    if (way > this.#nodeWays.at(node) && sortOf(code, unit) !== sortOf(this.#kind.at(way - 1), this.#unit.at(way - 1)))
      this.#mixed.push(node);
    else if (code === EXTRA_OFFER) this.#mixed.push(node);
    this.#kind.push(code);
    this.#bought.push(bought ? 1 : 0);
    this.#cost.push(cost);
    this.#unit.push(unit);
    this.#about.push(about);
    this.#waySlots.push(this.#slotAlternatives.length);
  }

  /** Adds a slot to the open way: item nodes, ascending, with the requirement edge behind each (-1 = a variant). */
  addSlot(inputs: readonly number[], requirements: readonly number[]): void {
    this.#slotAlternatives.push(this.#alternatives.length);
    for (const input of inputs) this.#alternatives.push(input);
    for (const requirement of requirements) this.#requirements.push(requirement);
  }

  /** Adds the slots of an item's general recipe to the open way. */
  addGeneral({ itemSlots, slotInputs, inputs, requirements }: GeneralRecipes, item: number): void {
    const first = itemSlots[item]!;
    const end = itemSlots[item + 1]!;
    const from = slotInputs[first]!;
    const shift = this.#alternatives.length - from;
    for (let slot = first; slot < end; slot += 1) this.#slotAlternatives.push(slotInputs[slot]! + shift);
    this.#alternatives.pushAll(inputs, from, slotInputs[end]!);
    this.#requirements.pushAll(requirements, from, slotInputs[end]!);
  }

  /** Packs everything. O(ways log ways of a node + slots). */
  toWays(): Ways {
    const nodes = this.#nodeItem.length;
    const count = this.#kind.length;
    const nodeWays = closed(this.#nodeWays, count);
    const kind = this.#kind.toArray();
    const unit = this.#unit.toArray();
    const about = this.#about.toArray();
    const tagOf = this.#tagOf;
    const tagAt = (way: number): string => tagOf(WAY_KINDS[kind[way]!]!, unit[way]!, about[way]!);
    const order = this.#wayOrder(nodeWays, tagAt);
    const packed = this.#slotsInOrder(order);
    const bought = this.#bought.toArray();
    const cost = this.#cost.toArray();
    const wayKind = new Uint8Array(count);
    const wayBought = new Uint8Array(count);
    const wayCost = new Float64Array(count);
    const wayCostKnown = new Uint8Array(count);
    const wayUnit = new Int32Array(count);
    for (let position = 0; position < count; position += 1) {
      const way = order[position]!;
      const price = cost[way]!;
      const known = !Number.isNaN(price);
      wayKind[position] = kind[way]!;
      wayBought[position] = bought[way]!;
      wayCost[position] = known ? price : 1;
      wayCostKnown[position] = known ? 1 : 0;
      wayUnit[position] = unit[way]!;
    }
    const consumers = groupsListing(packed.slotAlternatives, packed.alternatives, nodes);
    let tags: readonly string[] | undefined;
    return {
      nodes,
      nodeItem: this.#nodeItem.toArray(),
      nodeWays,
      wayNode: ownersOf(nodeWays, count),
      wayKind,
      wayBought,
      wayCost,
      wayCostKnown,
      wayUnit,
      get wayTags() {
        tags ??= Array.from(order, tagAt);
        return tags;
      },
      waySlots: packed.waySlots,
      slotAlternatives: packed.slotAlternatives,
      alternatives: packed.alternatives,
      alternativeRequirement: packed.requirements,
      nodeConsumers: consumers.offsets,
      consumerSlots: consumers.order,
      slotWay: ownersOf(packed.waySlots, packed.slotAlternatives.length - 1),
    };
  }

  #wayOrder(nodeWays: Int32Array, tagAt: (way: number) => string): Int32Array {
    const order = new Int32Array(this.#kind.length);
    for (let way = 0; way < order.length; way += 1) order[way] = way;
    const tags = new Map<number, string>();
    const tag = (way: number): string => {
      let text = tags.get(way);
      if (text === undefined) {
        text = tagAt(way);
        tags.set(way, text);
      }
      return text;
    };
    const byTag = (left: number, right: number): number => compareText(tag(left), tag(right)) || left - right;
    const mixed = this.#mixed.toArray();
    for (let at = 0; at < mixed.length; at += 1) {
      const node = mixed[at]!;
      if (node === mixed[at - 1]) continue;
      tags.clear();
      sortRange(order, nodeWays[node]!, nodeWays[node + 1]!, byTag);
    }
    return order;
  }

  #slotsInOrder(order: Int32Array): {
    readonly waySlots: Int32Array;
    readonly slotAlternatives: Int32Array;
    readonly alternatives: Int32Array;
    readonly requirements: Int32Array;
  } {
    const oldSlots = closed(this.#waySlots, this.#slotAlternatives.length);
    const oldAlternatives = closed(this.#slotAlternatives, this.#alternatives.length);
    const oldInputs = this.#alternatives.toArray();
    const oldRequirements = this.#requirements.toArray();
    if (this.#mixed.length === 0)
      return {
        waySlots: oldSlots,
        slotAlternatives: oldAlternatives,
        alternatives: oldInputs,
        requirements: oldRequirements,
      };
    const waySlots = new Int32Array(order.length + 1);
    const slotAlternatives = new Int32Array(oldAlternatives.length);
    const alternatives = new Int32Array(oldInputs.length);
    const requirements = new Int32Array(oldInputs.length);
    let slots = 0;
    let filled = 0;
    for (let position = 0; position < order.length; position += 1) {
      const way = order[position]!;
      for (let slot = oldSlots[way]!; slot < oldSlots[way + 1]!; slot += 1) {
        const from = oldAlternatives[slot]!;
        const to = oldAlternatives[slot + 1]!;
        for (let entry = from; entry < to; entry += 1) {
          alternatives[filled] = oldInputs[entry]!;
          requirements[filled] = oldRequirements[entry]!;
          filled += 1;
        }
        slots += 1;
        slotAlternatives[slots] = filled;
      }
      waySlots[position + 1] = slots;
    }
    return { waySlots, slotAlternatives, alternatives, requirements };
  }
}

/** Ways of one sort come in order of tag. */
function sortOf(kind: number, unit: number): number {
  return kind === VARIANT || unit === -1 ? kind : -1;
}

function closed(starts: IntList, end: number): Int32Array {
  const offsets = new Int32Array(starts.length + 1);
  offsets.set(starts.toArray());
  offsets[starts.length] = end;
  return offsets;
}
