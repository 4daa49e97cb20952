import { IntList } from "../projection/csr.ts";
import { activeUnder } from "./active.ts";
import { isProcess, variantsOf } from "./coverage.ts";
import { RankedHeap } from "./ranked-heap.ts";
import { Recipes } from "./recipes.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";

/** What a node of a loss network is. */
export type LossKind = "PROCESS" | "CLASS" | "OWN_ROW" | "MADE" | "BOUGHT" | "LEAF" | "UNSURVEYED";

/**
 * What each reached item loses through: slots (the worst counts) of alternatives (the best counts). Nodes are the
 * scenario's and, after them, one for the own offers of each ANY class, an alternative to its variants.
 */
export interface LossNetwork {
  readonly nodes: number;
  readonly nodeItem: Int32Array;
  readonly kind: readonly (LossKind | null)[];
  /** Reached nodes, breadth first from the targets. */
  readonly order: readonly number[];
  /** Steps from the nearest target, -1 where not reached. */
  readonly depth: Int32Array;
  readonly slotOwner: Int32Array;
  readonly slotAlternatives: Int32Array;
  readonly alternatives: Int32Array;
  readonly nodeConsumers: readonly (readonly number[])[];
}

/**
 * Reads the loss network of the scenario's targets (ANALYSES.md 6): general recipes whatever the policy admits, a firm's
 * own recipe for a firm's target. `firstTierOnly` leaves out what bought items need. O(N).
 */
export function lossNetwork(scenario: Scenario, firstTierOnly = false): LossNetwork {
  const { network, ways, targets, policy } = scenario;
  const recipes = new Recipes(network, activeUnder(policy));
  const firmOf = new Map(targets.filter((target) => target.firm >= 0).map((target) => [target.node, target.firm]));
  const targetNodes = new Set(targets.map((target) => target.node));
  const nodeItem: number[] = [...ways.nodeItem];
  const kind: (LossKind | null)[] = new Array<LossKind | null>(ways.nodes).fill(null);
  const depth: number[] = new Array<number>(ways.nodes).fill(-1);
  const slotOwner = new IntList();
  const slotAlternatives = new IntList();
  const alternatives = new IntList();
  slotAlternatives.push(0);
  const order = [...targetNodes].sort((a, b) => a - b);
  for (const node of order) depth[node] = 0;

  const addSlot = (owner: number, members: readonly number[], next: number[]): void => {
    for (const member of members) {
      alternatives.push(member);
      if (depth[member] !== -1) continue;
      depth[member] = depth[owner]! + 1;
      next.push(member);
    }
    slotOwner.push(owner);
    slotAlternatives.push(alternatives.length);
  };
  const read = (node: number, next: number[]): void => {
    if (kind[node] === "OWN_ROW") return;
    const item = nodeItem[node]!;
    const firm = firmOf.get(node) ?? -1;
    const variants = firm >= 0 ? [] : [...new Set(variantsOf(scenario, item).map((at) => network.variantItem[at]!))];
    const offered = usedOffers(scenario, item).length > 0;
    const before = slotOwner.length;
    if (variants.length > 0 && network.itemVariantAll[item] === 1)
      for (const variant of variants) addSlot(node, [variant], next);
    else if (variants.length > 0) {
      const ownRow = nodeItem.length;
      if (offered) {
        nodeItem.push(item);
        kind.push("OWN_ROW");
        depth.push(-1);
      }
      addSlot(node, offered ? [...variants, ownRow] : variants, next);
    }
    const cut = firstTierOnly && variants.length === 0 && firm < 0 && !isProcess(scenario, item);
    if (!cut || (targetNodes.has(node) && !offered)) recipes.emit(item, firm, (inputs) => addSlot(node, inputs, next));
    if (firm >= 0) kind[node] = "MADE";
    else if (isProcess(scenario, item)) kind[node] = "PROCESS";
    else if (variants.length > 0) kind[node] = "CLASS";
    else if (offered) kind[node] = "BOUGHT";
    else if (slotOwner.length > before) kind[node] = targetNodes.has(node) ? "MADE" : "UNSURVEYED";
    else kind[node] = firstTierOnly ? "UNSURVEYED" : "LEAF";
  };
  for (let from = 0; from < order.length; ) {
    const level = order.slice(from);
    from = order.length;
    const next: number[] = [];
    for (const node of level) read(node, next);
    order.push(...next.sort((a, b) => a - b));
  }

  const nodeConsumers: number[][] = nodeItem.map(() => []);
  const ends = slotAlternatives.toArray();
  const members = alternatives.toArray();
  for (let slot = 0; slot + 1 < ends.length; slot += 1)
    for (let at = ends[slot]!; at < ends[slot + 1]!; at += 1) nodeConsumers[members[at]!]!.push(slot);
  return {
    nodes: nodeItem.length,
    nodeItem: Int32Array.from(nodeItem),
    kind,
    order,
    depth: Int32Array.from(depth),
    slotOwner: slotOwner.toArray(),
    slotAlternatives: ends,
    alternatives: members,
    nodeConsumers,
  };
}

/** A least fixpoint: what each node loses, and the alternative through which (-1 = by its own supply). */
export interface Losses {
  readonly value: Float64Array;
  readonly via: Int32Array;
}

/**
 * Least fixpoint of max(own, max over slots of min over alternatives) (Diem et al. 2022, with alternatives): Knuth's
 * generalisation of Dijkstra's pass, largest value first, a slot settled by its last alternative. A `via` was settled
 * before its owner, so following it ends. Ties: own supply, then id. O(nodes + n log n) for the n nodes that lose something.
 */
export function lossesOf(losses: LossNetwork, own: (node: number) => number): Losses {
  const value = new Float64Array(losses.nodes);
  const via = new Int32Array(losses.nodes).fill(-1);
  const settled = new Uint8Array(losses.nodes);
  const open = Int32Array.from(
    losses.slotOwner,
    (_, slot) => losses.slotAlternatives[slot + 1]! - losses.slotAlternatives[slot]!,
  );
  const heap = new RankedHeap<{ node: number; value: number; via: number }>(
    (a, b) => a.value > b.value || (a.value === b.value && (a.node < b.node || (a.node === b.node && a.via < b.via))),
  );
  for (const node of losses.order) {
    const lost = own(node);
    if (lost > 0) heap.push({ node, value: lost, via: -1 });
  }
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    if (settled[next.node] === 1) continue;
    settled[next.node] = 1;
    value[next.node] = next.value;
    via[next.node] = next.via;
    for (const slot of losses.nodeConsumers[next.node]!) {
      open[slot]! -= 1;
      if (open[slot] === 0) heap.push({ node: losses.slotOwner[slot]!, value: next.value, via: next.node });
    }
  }
  return { value, via };
}
