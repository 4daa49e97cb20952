import type { Collapser, Failure } from "./collapse.ts";
import type { Scenario, ScenarioTarget } from "./scenario.ts";
import type { SupplyRegion } from "./supply-region.ts";

/** What stops when something fails, beside what was not available before. */
export interface Stops {
  /** New failures, in order; none beyond the policy's `maxTier`. */
  readonly failures: readonly Failure[];
  readonly targets: readonly ScenarioTarget[];
  /** Their weight, in [0, 1]. */
  readonly weight: number;
}

/** Compares what fails without some ways with what fails anyway. */
export class StopMeter {
  readonly #scenario: Scenario;
  readonly #region: SupplyRegion;
  readonly #collapser: Collapser;
  /** Nodes that fail before anything is taken. */
  readonly #before: ReadonlySet<number>;

  /** @param anyway Whether what fails before anything is taken counts as well. */
  constructor(scenario: Scenario, region: SupplyRegion, collapser: Collapser, anyway = false) {
    this.#scenario = scenario;
    this.#region = region;
    this.#collapser = collapser;
    const before = anyway ? [] : collapser.without([]).filter(this.#isLookedAt);
    this.#before = new Set(before.map(({ node }) => node));
  }

  /** Whether a target is available before anything is taken. */
  runsBefore(target: ScenarioTarget): boolean {
    return !this.#before.has(this.#region.nodeOf[target.node]!);
  }

  /** What stops without these ways of the region. */
  without(taken: readonly number[]): Stops {
    const failures = this.#collapser
      .without(taken)
      .filter((one) => this.#isLookedAt(one) && !this.#before.has(one.node));
    const failed = new Set(failures.map(({ node }) => node));
    const targets = this.#scenario.targets.filter((target) => failed.has(this.#region.nodeOf[target.node]!));
    const weight = targets.reduce((sum, target) => sum + target.weight, 0);
    return { failures, targets, weight: Math.min(1, weight) };
  }

  /**
   * Witness: items from the weightiest target that stops down to one of which a way itself was taken, each through a slot
   * whose alternatives stopped before it; of several the last one. Empty where no target stops. For the last answer only.
   */
  path({ failures, targets }: Stops): readonly number[] {
    const [first] = [...targets].sort((a, b) => b.weight - a.weight || a.node - b.node);
    if (first === undefined) return [];
    const rank = new Map(failures.map(({ node }, position) => [node, position]));
    const items: number[] = [];
    for (let node = this.#region.nodeOf[first.node]!; node !== -1; node = this.#lastInput(node, rank))
      items.push(this.#scenario.ways.nodeItem[this.#region.nodeOrigin[node]!]!);
    return items;
  }

  #lastInput(node: number, rank: ReadonlyMap<number, number>): number {
    const { nodeWays, nodeOf, slotOrigin } = this.#region;
    const { slotAlternatives, alternatives } = this.#scenario.ways;
    const own = rank.get(node)!;
    let last = -1;
    for (let way = nodeWays[node]!; way < nodeWays[node + 1]!; way += 1) {
      const slot = slotOrigin[this.#collapser.brokenSlot(way)];
      if (slot === undefined) continue;
      for (let at = slotAlternatives[slot]!; at < slotAlternatives[slot + 1]!; at += 1) {
        const input = nodeOf[alternatives[at]!]!;
        const position = rank.get(input);
        if (position !== undefined && position < own && (last === -1 || position > rank.get(last)!)) last = input;
      }
    }
    return last;
  }

  readonly #isLookedAt = ({ tier }: Failure): boolean => {
    const { maxTier } = this.#scenario.policy;
    return maxTier === null || tier <= maxTier;
  };
}
