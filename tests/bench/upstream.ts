import type { Network } from "../../graph/projection/network.ts";

/**
 * Items that general recipes lead to within so many steps, the start first, nearest first; with `goal` the items on a
 * shortest path to it, from the goal back.
 */
export function upstream(network: Network, start: number, steps: number, goal?: number): readonly number[] {
  const depth = new Int32Array(network.items.length).fill(-1);
  const before = new Int32Array(goal === undefined ? 0 : network.items.length);
  const found = [start];
  depth[start] = 0;
  for (const item of found) {
    if (item === goal) return pathBack(before, item, start);
    if (depth[item] === steps) break;
    for (let row = network.itemRequirements[item]!; row < network.itemRequirements[item + 1]!; row += 1) {
      const input = network.requirementInput[row]!;
      if (network.requirementMaker[row] !== -1 || depth[input] !== -1) continue;
      depth[input] = depth[item]! + 1;
      if (goal !== undefined) before[input] = item;
      found.push(input);
    }
  }
  return found;
}

function pathBack(before: Int32Array, goal: number, start: number): readonly number[] {
  const path = [goal];
  while (path.at(-1) !== start) path.push(before[path.at(-1)!]!);
  return path;
}
