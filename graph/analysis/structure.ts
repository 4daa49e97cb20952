import { groupsListing, IntList } from "../projection/csr.ts";
import { activeUnder } from "./active.ts";
import { Recipes } from "./recipes.ts";
import type { Scenario } from "./scenario.ts";

/**
 * What needs what when every item is supposed suppliable: the nodes of a scenario with its ways, and for a node without
 * any way one supposed source under the item's general recipe. `offsets[k] .. offsets[k + 1]` are the entries of `k`.
 */
export interface Structure {
  readonly nodes: number;
  readonly nodeItem: Int32Array;
  readonly nodeOptions: Int32Array;
  readonly optionNode: Int32Array;
  readonly optionSlots: Int32Array;
  readonly slotOption: Int32Array;
  readonly slotAlternatives: Int32Array;
  readonly alternatives: Int32Array;
  /** Requirement edge behind each alternative, -1 for a variant. */
  readonly alternativeRequirement: Int32Array;
  /** Slots that list a node. */
  readonly nodeConsumers: Int32Array;
  readonly consumerSlots: Int32Array;
}

/** Reads the structure off a scenario. O(N). */
export function structureOf(scenario: Scenario): Structure {
  const { ways, network, policy } = scenario;
  const recipes = new Recipes(network, activeUnder(policy));
  const nodeOptions = new Int32Array(ways.nodes + 1);
  const options = ways.wayNode.length + ways.nodes;
  const slots = ways.slotAlternatives.length + ways.nodes;
  const optionNode = new IntList(options);
  const optionSlots = new IntList(options + 1);
  const slotOption = new IntList(slots);
  const slotAlternatives = new IntList(slots + 1);
  const alternatives = new IntList(ways.alternatives.length);
  const alternativeRequirement = new IntList(ways.alternatives.length);
  optionSlots.push(0);
  slotAlternatives.push(0);
  const endSlot = (): void => {
    slotOption.push(optionNode.length);
    slotAlternatives.push(alternatives.length);
  };
  const endOption = (node: number): void => {
    optionNode.push(node);
    optionSlots.push(slotOption.length);
  };
  for (let node = 0; node < ways.nodes; node += 1) {
    const end = ways.nodeWays[node + 1]!;
    for (let way = ways.nodeWays[node]!; way < end; way += 1) {
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        for (let at = ways.slotAlternatives[slot]!; at < ways.slotAlternatives[slot + 1]!; at += 1) {
          alternatives.push(ways.alternatives[at]!);
          alternativeRequirement.push(ways.alternativeRequirement[at]!);
        }
        endSlot();
      }
      endOption(node);
    }
    if (end === ways.nodeWays[node]) {
      recipes.emit(ways.nodeItem[node]!, -1, (inputs, requirements) => {
        inputs.forEach((input, position) => {
          alternatives.push(input);
          alternativeRequirement.push(requirements[position]!);
        });
        endSlot();
      });
      endOption(node);
    }
    nodeOptions[node + 1] = optionNode.length;
  }
  const slotEnds = slotAlternatives.toArray();
  const listed = alternatives.toArray();
  const consumers = groupsListing(slotEnds, listed, ways.nodes);
  return {
    nodes: ways.nodes,
    nodeItem: ways.nodeItem,
    nodeOptions,
    optionNode: optionNode.toArray(),
    optionSlots: optionSlots.toArray(),
    slotOption: slotOption.toArray(),
    slotAlternatives: slotEnds,
    alternatives: listed,
    alternativeRequirement: alternativeRequirement.toArray(),
    nodeConsumers: consumers.offsets,
    consumerSlots: consumers.order,
  };
}

/** What the targets reach, nearest first. */
export interface Reach {
  /** Nodes in breadth-first order, ties by id of the item; the targets first. */
  readonly order: readonly number[];
  /** Steps from the nearest target; -1 where not reached. */
  readonly depth: Int32Array;
  /** Position in `alternatives` through which a node was first reached; -1 for targets. */
  readonly through: Int32Array;
}

/** Everything that some way to make the targets uses. O(N). */
export function reachOf(structure: Structure, targets: readonly { readonly node: number }[]): Reach {
  const depth = new Int32Array(structure.nodes).fill(-1);
  const through = new Int32Array(structure.nodes).fill(-1);
  const order = [...new Set(targets.map(({ node }) => node))].sort((a, b) => a - b);
  for (const node of order) depth[node] = 0;
  for (let level = 0, from = 0; from < order.length; level += 1) {
    const to = order.length;
    const next: number[] = [];
    for (const node of order.slice(from, to))
      for (let at = firstAlternative(structure, node); at < firstAlternative(structure, node + 1); at += 1) {
        const input = structure.alternatives[at]!;
        if (depth[input] !== -1) continue;
        depth[input] = level + 1;
        through[input] = at;
        next.push(input);
      }
    order.push(...next.sort((a, b) => a - b));
    from = to;
  }
  return { order, depth, through };
}

/** Nodes that some option of a node uses, each once, ascending. */
export function inputsOf(structure: Structure, node: number): readonly number[] {
  const from = firstAlternative(structure, node);
  const inputs = structure.alternatives.subarray(from, firstAlternative(structure, node + 1));
  return [...new Set(inputs)].sort((a, b) => a - b);
}

/** Position in `alternatives` where those of a node's options begin. */
function firstAlternative(structure: Structure, node: number): number {
  return structure.slotAlternatives[structure.optionSlots[structure.nodeOptions[node]!]!]!;
}

/** Nodes from a target down to `node`, both included, along a shortest path; empty where it is not reached. */
export function pathTo(structure: Structure, reach: Reach, node: number): readonly number[] {
  if (reach.depth[node] === -1) return [];
  const path = [node];
  for (let at = consumerOf(structure, reach, node); at !== -1; at = consumerOf(structure, reach, at)) path.push(at);
  return path.reverse();
}

/** The node before a node on that path; -1 for a target. */
export function consumerOf(structure: Structure, { through }: Reach, node: number): number {
  const at = through[node]!;
  return at === -1 ? -1 : structure.optionNode[structure.slotOption[slotOf(structure, at)]!]!;
}

/** The slot that a position in `alternatives` belongs to. */
function slotOf(structure: Structure, position: number): number {
  let low = 0;
  let high = structure.slotAlternatives.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (structure.slotAlternatives[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
