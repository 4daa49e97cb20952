import type { Availability } from "./availability.ts";
import type { Closure } from "./closure.ts";
import type { Scenario } from "./scenario.ts";

/** Needed nodes without any way: where a failure starts (ANALYSES.md 4). Ascending. O(nodes). */
export function roots(scenario: Scenario, needed: Closure): readonly number[] {
  return neededNodes(needed, (node) => !hasWay(scenario, node));
}

/** Needed nodes that have a way and fail nevertheless, through what they need. Ascending. O(nodes). */
export function dependants(scenario: Scenario, result: Availability, needed: Closure): readonly number[] {
  return neededNodes(needed, (node) => result.tier[node] !== 0 && hasWay(scenario, node));
}

/**
 * The nodes without way that make `node` fail: itself, or those reached through slots none of whose alternatives is
 * available. Ascending; empty where it is available. O(what it reaches).
 */
export function rootsOf(scenario: Scenario, result: Availability, node: number): readonly number[] {
  return pathsToRoots(scenario, result, [node]).map((path) => path.at(-1)!);
}

/**
 * For each root of the failure of these nodes, once, a shortest path of broken slots: nodes from one of them to the root.
 * By root, ascending. O(what they reach).
 */
export function pathsToRoots(
  scenario: Scenario,
  result: Availability,
  nodes: readonly number[],
): readonly (readonly number[])[] {
  const { ways } = scenario;
  const failed = nodes.filter((node) => result.tier[node] !== 0);
  const parent = new Map(failed.map((node) => [node, -1]));
  const found: number[] = [];
  // Grows while it is read.
  for (const node of parent.keys()) {
    if (!hasWay(scenario, node)) found.push(node);
    for (let slot = ways.waySlots[ways.nodeWays[node]!]!; slot < ways.waySlots[ways.nodeWays[node + 1]!]!; slot += 1) {
      if (!isBroken(scenario, result, slot)) continue;
      for (let entry = ways.slotAlternatives[slot]!; entry < ways.slotAlternatives[slot + 1]!; entry += 1) {
        const input = ways.alternatives[entry]!;
        if (!parent.has(input)) parent.set(input, node);
      }
    }
  }
  return found.sort((left, right) => left - right).map((root) => upTo(parent, root));
}

function upTo(parent: ReadonlyMap<number, number>, root: number): readonly number[] {
  const path: number[] = [];
  for (let node = root; node !== -1; node = parent.get(node)!) path.push(node);
  return path.reverse();
}

/** 1 for each node whose `rootsOf` has one of these nodes. O(what fails). */
export function failingThrough(scenario: Scenario, result: Availability, roots: readonly number[]): Uint8Array {
  const { ways } = scenario;
  const found = new Uint8Array(ways.nodes);
  const queue = roots.filter((node) => result.tier[node] !== 0 && ways.nodeWays[node] === ways.nodeWays[node + 1]);
  for (const node of queue) found[node] = 1;
  for (const node of queue)
    for (let at = ways.nodeConsumers[node]!; at < ways.nodeConsumers[node + 1]!; at += 1) {
      const slot = ways.consumerSlots[at]!;
      const consumer = ways.wayNode[ways.slotWay[slot]!]!;
      if (found[consumer] === 1 || result.tier[consumer] === 0 || !isBroken(scenario, result, slot)) continue;
      found[consumer] = 1;
      queue.push(consumer);
    }
  return found;
}

/** Whether no alternative of the slot is available, at any depth. */
export function isBroken(scenario: Scenario, result: Availability, slot: number): boolean {
  const { ways } = scenario;
  for (let entry = ways.slotAlternatives[slot]!; entry < ways.slotAlternatives[slot + 1]!; entry += 1)
    if (result.tier[ways.alternatives[entry]!] === 0) return false;
  return true;
}

function hasWay(scenario: Scenario, node: number): boolean {
  return scenario.ways.nodeWays[node] !== scenario.ways.nodeWays[node + 1];
}

function neededNodes(needed: Closure, matches: (node: number) => boolean): readonly number[] {
  const nodes: number[] = [];
  for (let node = 0; node < needed.depth.length; node += 1)
    if (needed.depth[node] !== -1 && matches(node)) nodes.push(node);
  return nodes;
}
