import type { Scenario } from "../../graph/analysis/scenario.ts";

/** A scenario's AND/OR hypergraph in plain lists, for enumeration. */
export interface PlainWay {
  readonly node: number;
  readonly bought: boolean;
  readonly slots: readonly (readonly number[])[];
}

/** The ways of a scenario as plain lists. */
export function plainWays({ ways }: Scenario): readonly PlainWay[] {
  return Array.from(ways.wayNode, (node, way) => ({
    node,
    bought: ways.wayBought[way] === 1,
    slots: range(ways.waySlots[way]!, ways.waySlots[way + 1]!).map((slot) =>
      Array.from(ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!)),
    ),
  }));
}

/** Whether a way can be run on exactly this set of nodes. */
export function stands(way: PlainWay, has: (node: number) => boolean): boolean {
  return way.slots.every((slot) => slot.some(has));
}

/** Available nodes as the union of all closed sets, all 2^n of them. */
export function availableByEnumeration(nodes: number, ways: readonly PlainWay[]): ReadonlySet<number> {
  const union = new Set<number>();
  for (let mask = 0; mask < 2 ** nodes; mask += 1) {
    const has = (node: number) => ((mask >>> node) & 1) === 1;
    const members = range(0, nodes).filter(has);
    if (members.every((node) => ways.some((way) => way.node === node && stands(way, has))))
      for (const node of members) union.add(node);
  }
  return union;
}

/**
 * Tiers by definition: A_0 is everything; A_k is the greatest set each of whose nodes has a way that stands on A_(k - 1) if
 * it is bought, on A_k itself if not. The tier of a node is the first k whose A_k leaves it out, 0 = none does.
 */
export function tiersByDefinition(nodes: number, ways: readonly PlainWay[]): readonly number[] {
  const tiers = new Array<number>(nodes).fill(0);
  let before = new Set(range(0, nodes));
  for (let level = 1; level <= nodes + 1; level += 1) {
    let now = new Set(range(0, nodes));
    for (;;) {
      const kept = new Set(
        [...now].filter((node) =>
          ways.some((way) => way.node === node && stands(way, (input) => (way.bought ? before : now).has(input))),
        ),
      );
      if (kept.size === now.size) break;
      now = kept;
    }
    for (let node = 0; node < nodes; node += 1) if (tiers[node] === 0 && !now.has(node)) tiers[node] = level;
    before = now;
  }
  return tiers;
}

/** from, from + 1, … to - 1. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
