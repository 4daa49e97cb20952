import type { SupplyRegion } from "./supply-region.ts";

/** A node of a region that fails. */
export interface Failure {
  /** Node of the region. */
  readonly node: number;
  /** Purchase tier at which it fails (ANALYSES.md 3). */
  readonly tier: number;
  /** Steps within the tier: 0 = it has no way left, or its last one fails through a purchase. */
  readonly step: number;
}

/**
 * Takes ways from a region in which all stand, follows what fails, and undoes it before the next question. One question
 * costs what fails through it (and through nodes that have no way at all), not the region: `availability` of the scenario
 * without those ways, node for node and tier for tier.
 */
export class Collapser {
  readonly #region: SupplyRegion;
  readonly #standingWays: Int32Array;
  readonly #standingAlternatives: Int32Array;
  /** 1 = taken or ended. */
  readonly #lost: Uint8Array;
  readonly #brokenSlot: Int32Array;
  readonly #worst: Int32Array;
  readonly #wayless: readonly number[];
  #lostWays: number[] = [];
  #touchedSlots: number[] = [];

  constructor(region: SupplyRegion) {
    this.#region = region;
    this.#standingWays = new Int32Array(region.nodes);
    for (let node = 0; node < region.nodes; node += 1)
      this.#standingWays[node] = region.nodeWays[node + 1]! - region.nodeWays[node]!;
    this.#standingAlternatives = Int32Array.from(region.slotSize);
    this.#lost = new Uint8Array(region.wayNode.length);
    this.#brokenSlot = new Int32Array(region.wayNode.length).fill(-1);
    this.#worst = new Int32Array(region.nodes).fill(1);
    this.#wayless = [...this.#standingWays.keys()].filter((node) => this.#standingWays[node] === 0);
  }

  /** What fails without these ways (of the region, each once), in order: by tier, step and node. */
  without(taken: readonly number[]): readonly Failure[] {
    this.#undo();
    const { wayNode, wayBought, slotWay, nodeConsumers, consumerSlots } = this.#region;
    const seeds = [...this.#wayless];
    for (const way of taken) {
      this.#lose(way);
      if (this.#standingWays[wayNode[way]!] === 0) seeds.push(wayNode[way]!);
    }
    const failures: Failure[] = [];
    let current: Failure[] = seeds.map((node) => ({ node, tier: 1, step: 0 }));
    for (let tier = 1; current.length > 0; tier += 1) {
      const next: Failure[] = [];
      // Grows while it is read: what fails without a purchase fails at the same tier.
      for (const { node: failed, step } of current)
        for (let at = nodeConsumers[failed]!; at < nodeConsumers[failed + 1]!; at += 1) {
          const slot = consumerSlots[at]!;
          this.#standingAlternatives[slot]! -= 1;
          this.#touchedSlots.push(slot);
          const way = slotWay[slot]!;
          if (this.#standingAlternatives[slot] !== 0 || this.#lost[way] === 1) continue;
          this.#brokenSlot[way] = slot;
          this.#lose(way);
          const node = wayNode[way]!;
          this.#worst[node] = Math.max(this.#worst[node]!, tier + wayBought[way]!);
          if (this.#standingWays[node] !== 0) continue;
          const ends = this.#worst[node]!;
          if (ends === tier) current.push({ node, tier, step: step + 1 });
          else next.push({ node, tier: ends, step: 0 });
        }
      failures.push(...current.sort((a, b) => a.step - b.step || a.node - b.node));
      current = next;
    }
    return failures;
  }

  /** Slot (of the region) whose failure ended a way in the last answer; -1 where it stands or was taken. */
  brokenSlot(way: number): number {
    return this.#brokenSlot[way]!;
  }

  #lose(way: number): void {
    this.#lost[way] = 1;
    this.#lostWays.push(way);
    this.#standingWays[this.#region.wayNode[way]!]! -= 1;
  }

  #undo(): void {
    for (const way of this.#lostWays) {
      const node = this.#region.wayNode[way]!;
      this.#lost[way] = 0;
      this.#brokenSlot[way] = -1;
      this.#standingWays[node]! += 1;
      this.#worst[node] = 1;
    }
    for (const slot of this.#touchedSlots) this.#standingAlternatives[slot]! += 1;
    this.#lostWays = [];
    this.#touchedSlots = [];
  }
}
