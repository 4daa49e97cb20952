import { checkpoint } from "./checkpoint.ts";
import type { ScenarioTarget } from "./scenario.ts";
import type { Reach, Structure } from "./structure.ts";

/** Plans whose common items are tried: each costs one walk, and leaves fewer items to be judged. */
const PLANS = 8;
/** 32-bit words of all sets that are held at once: 16 MB. */
const WORDS = 1 << 22;

/**
 * The necessity of every node (ANALYSES.md 7) at once: the weighted share, in [0, 1], of the targets that have no closed
 * plan without it when every other item is supposed suppliable. Who is necessary for a node is the least solution of K(n) =
 * {n} + intersection over its options of the union over slots of the intersection over alternatives of K: sets of bits,
 * inputs first, again where a loop changes them. Only what several plans of the targets have in common can be necessary, so
 * and only what is not forced on all of them has a bit. O(N x such items / 32).
 */
export function necessities(structure: Structure, reach: Reach, targets: readonly ScenarioTarget[]): Float64Array {
  const values = new Float64Array(structure.nodes);
  const options = distinctOptions(structure, reach);
  const forcedBy = countForced(structure, targets, options);
  const weight = targets.reduce((sum, target) => sum + target.weight, 0);
  const open: number[] = [];
  for (const node of commonToPlans(structure, reach, targets)) {
    if (forcedBy[node] === targets.length) values[node] = Math.min(1, weight);
    else open.push(node);
  }
  const order = inputsFirst(structure, reach);
  const width = Math.max(1, Math.floor(WORDS / Math.max(1, order.length)));
  for (let from = 0; from < open.length; from += 32 * width) {
    const judged = open.slice(from, from + 32 * width);
    const sets = necessarySets(structure, order, options, judged);
    for (const target of targets) {
      const base = sets.base[target.node]!;
      for (let bit = 0; bit < judged.length; bit += 1)
        if (((sets.bits[base + (bit >>> 5)]! >>> (bit & 31)) & 1) === 1)
          values[judged[bit]!] = Math.min(1, values[judged[bit]!]! + target.weight);
    }
  }
  return values;
}

/** For each node the number of targets that surely need it: followed down what each option of a node needs without choice. */
function countForced(structure: Structure, targets: readonly ScenarioTarget[], distinct: Uint8Array): Int32Array {
  const counted = new Int32Array(structure.nodes);
  const seenBy = new Int32Array(structure.nodes).fill(-1);
  const neededBy = new Int32Array(structure.nodes);
  const neededIn = new Int32Array(structure.nodes).fill(-1);
  targets.forEach(({ node: start }, target) => {
    const queue = [start];
    seenBy[start] = target;
    neededIn.fill(-1);
    for (const node of queue) {
      counted[node]! += 1;
      const options = distinctOf(structure, node, distinct);
      options.forEach((option, round) => {
        for (let slot = structure.optionSlots[option]!; slot < structure.optionSlots[option + 1]!; slot += 1) {
          const from = structure.slotAlternatives[slot]!;
          if (structure.slotAlternatives[slot + 1]! - from !== 1) continue;
          const input = structure.alternatives[from]!;
          if (seenBy[input] === target) continue;
          if (neededIn[input] !== node) {
            neededIn[input] = node;
            neededBy[input] = 0;
          }
          // Once an option, and only where each option before needs it too.
          if (neededBy[input] === round) neededBy[input] = round + 1;
          if (neededBy[input] !== options.length) continue;
          seenBy[input] = target;
          queue.push(input);
        }
      });
    }
  });
  return counted;
}

function distinctOf({ nodeOptions }: Structure, node: number, distinct: Uint8Array): readonly number[] {
  const options: number[] = [];
  for (let option = nodeOptions[node]!; option < nodeOptions[node + 1]!; option += 1)
    if (distinct[option] === 1) options.push(option);
  return options;
}

/** Nodes that each of several closed plans of all targets has, nearest first. */
function commonToPlans(structure: Structure, reach: Reach, targets: readonly ScenarioTarget[]): readonly number[] {
  const counted = new Uint8Array(structure.nodes);
  for (let plan = 0; plan < PLANS; plan += 1) {
    const queue: number[] = [];
    const seen = new Uint8Array(structure.nodes);
    const add = (node: number): void => {
      if (seen[node] === 1) return;
      seen[node] = 1;
      counted[node]! += 1;
      queue.push(node);
    };
    for (const { node } of targets) add(node);
    for (const node of queue) {
      const first = structure.nodeOptions[node]!;
      const option = first + (plan % (structure.nodeOptions[node + 1]! - first));
      for (let slot = structure.optionSlots[option]!; slot < structure.optionSlots[option + 1]!; slot += 1) {
        const from = structure.slotAlternatives[slot]!;
        add(structure.alternatives[from + (plan % (structure.slotAlternatives[slot + 1]! - from))]!);
      }
    }
  }
  return reach.order.filter((node) => counted[node] === PLANS);
}

/** The reached nodes, each after its inputs as far as loops allow. */
function inputsFirst(structure: Structure, reach: Reach): Int32Array {
  const order = new Int32Array(reach.order.length);
  const next = new Int32Array(structure.nodes).fill(-1);
  let filled = 0;
  for (const start of reach.order) {
    if (next[start] !== -1) continue;
    next[start] = firstAlternative(structure, start);
    const stack = [start];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const at = next[node]!;
      if (at === firstAlternative(structure, node + 1)) {
        order[filled] = node;
        filled += 1;
        stack.pop();
        continue;
      }
      next[node] = at + 1;
      const input = structure.alternatives[at]!;
      if (next[input] !== -1) continue;
      next[input] = firstAlternative(structure, input);
      stack.push(input);
    }
  }
  return order;
}

function firstAlternative(structure: Structure, node: number): number {
  return structure.slotAlternatives[structure.optionSlots[structure.nodeOptions[node]!]!]!;
}

/** 1 for each option that needs something else than the option before it: most offers share the general recipe. */
function distinctOptions(structure: Structure, reach: Reach): Uint8Array {
  const distinct = new Uint8Array(structure.optionNode.length);
  for (const node of reach.order) {
    const first = structure.nodeOptions[node]!;
    distinct[first] = 1;
    for (let option = first + 1; option < structure.nodeOptions[node + 1]!; option += 1)
      distinct[option] = sameNeeds(structure, option - 1, option) ? 0 : 1;
  }
  return distinct;
}

function sameNeeds({ optionSlots, slotAlternatives, alternatives }: Structure, left: number, right: number): boolean {
  const slots = optionSlots[left + 1]! - optionSlots[left]!;
  if (optionSlots[right + 1]! - optionSlots[right]! !== slots) return false;
  const shift = slotAlternatives[optionSlots[right]!]! - slotAlternatives[optionSlots[left]!]!;
  for (let slot = 0; slot < slots; slot += 1) {
    const end = slotAlternatives[optionSlots[left]! + slot + 1]!;
    if (slotAlternatives[optionSlots[right]! + slot + 1]! - end !== shift) return false;
    for (let at = slotAlternatives[optionSlots[left]! + slot]!; at < end; at += 1)
      if (alternatives[at] !== alternatives[at + shift]) return false;
  }
  return true;
}

/** `bits[base[node] ..]` is the set of those judged without which a node has no closed plan. */
interface Sets {
  readonly bits: Int32Array;
  readonly base: Int32Array;
}

function necessarySets(structure: Structure, order: Int32Array, distinct: Uint8Array, judged: readonly number[]): Sets {
  const words = (judged.length + 31) >>> 5;
  const bits = new Int32Array(order.length * words);
  const base = new Int32Array(structure.nodes);
  const bitOf = new Int32Array(structure.nodes).fill(-1);
  const isOpen = new Uint8Array(structure.nodes);
  for (let place = 0; place < order.length; place += 1) {
    base[order[place]!] = place * words;
    isOpen[order[place]!] = 1;
  }
  judged.forEach((node, bit) => {
    bitOf[node] = bit;
  });
  const { nodeOptions, optionSlots, slotAlternatives, alternatives, nodeConsumers, consumerSlots } = structure;
  const all = new Int32Array(words);
  const some = new Int32Array(words);
  const common = new Int32Array(words);
  let open = order.length;
  while (open > 0) {
    checkpoint();
    for (const node of order) {
      if (isOpen[node] === 0) continue;
      isOpen[node] = 0;
      open -= 1;
      all.fill(-1);
      for (let option = nodeOptions[node]!; option < nodeOptions[node + 1]!; option += 1) {
        if (distinct[option] === 0) continue;
        some.fill(0);
        for (let slot = optionSlots[option]!; slot < optionSlots[option + 1]!; slot += 1) {
          const from = slotAlternatives[slot]!;
          const to = slotAlternatives[slot + 1]!;
          const first = base[alternatives[from]!]!;
          if (to - from === 1) {
            for (let word = 0; word < words; word += 1) some[word]! |= bits[first + word]!;
            continue;
          }
          for (let word = 0; word < words; word += 1) common[word] = bits[first + word]!;
          for (let at = from + 1; at < to; at += 1) {
            const other = base[alternatives[at]!]!;
            for (let word = 0; word < words; word += 1) common[word]! &= bits[other + word]!;
          }
          for (let word = 0; word < words; word += 1) some[word]! |= common[word]!;
        }
        for (let word = 0; word < words; word += 1) all[word]! &= some[word]!;
      }
      const bit = bitOf[node]!;
      if (bit !== -1) all[bit >>> 5]! |= 1 << (bit & 31);
      const own = base[node]!;
      let changed = 0;
      for (let word = 0; word < words; word += 1) {
        changed |= bits[own + word]! ^ all[word]!;
        bits[own + word] = all[word]!;
      }
      if (changed === 0) continue;
      for (let at = nodeConsumers[node]!; at < nodeConsumers[node + 1]!; at += 1) {
        const consumer = structure.optionNode[structure.slotOption[consumerSlots[at]!]!]!;
        // What is not reached has no place in the order.
        if (isOpen[consumer] === 1 || (base[consumer] === 0 && consumer !== order[0])) continue;
        isOpen[consumer] = 1;
        open += 1;
      }
    }
  }
  return { bits, base };
}
