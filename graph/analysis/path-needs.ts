import { requirementId, variantId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import { activeUnder } from "./active.ts";
import type { Scenario } from "./scenario.ts";

/** A recorded relationship by its id and the id of the node it starts from. */
export interface RecordedEdge {
  readonly id: string;
  readonly from: string;
}

/**
 * The recorded fact behind each step of a path of item ids, from an item to one that it needs or has as a variant: a target
 * firm's own recipe first, then the general one, then another maker's. A step without any is left out. O(edges of the path).
 */
export function needsAlong(scenario: Scenario, path: readonly string[]): readonly RecordedEdge[] {
  const { itemIndex } = scenario.network;
  return path
    .slice(1)
    .flatMap((input, position) => needBetween(scenario, itemIndex.get(path[position]!)!, itemIndex.get(input)!) ?? []);
}

function needBetween(scenario: Scenario, item: number, input: number): RecordedEdge | null {
  const { network, policy, targets } = scenario;
  const isActive = activeUnder(policy);
  const own = new Set(targets.map((target) => target.firm));
  let found = -1;
  for (let edge = network.itemRequirements[item]!; edge < network.itemRequirements[item + 1]!; edge += 1) {
    if (network.requirementInput[edge] !== input || !isActive(network.requirementFact, edge)) continue;
    const maker = network.requirementMaker[edge]!;
    // Of the general recipe come first, so that another maker's is taken only where there is none.
    if (found === -1 || (maker >= 0 && own.has(maker))) found = edge;
  }
  return found >= 0 ? recordedRequirement(network, item, found) : variantBetween(scenario, item, input);
}

/** A requirement of an item, general or of a maker. */
export function recordedRequirement(network: Network, item: number, requirement: number): RecordedEdge {
  const maker = network.firms[network.requirementMaker[requirement]!];
  return { id: requirementId(network, requirement), from: maker ?? network.items[item]! };
}

/** A variant of a class, by its position in the network. */
export function recordedVariant(network: Network, variant: number): RecordedEdge {
  return { id: variantId(network, variant), from: network.items[network.variantItem[variant]!]! };
}

/** The recorded variant of a class, null where there is none. */
export function variantBetween({ network, policy }: Scenario, item: number, variant: number): RecordedEdge | null {
  const isActive = activeUnder(policy);
  for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1)
    if (network.variantItem[row] === variant && isActive(network.variantFact, row))
      return recordedVariant(network, row);
  return null;
}
