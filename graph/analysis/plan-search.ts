import { checkpoint } from "./checkpoint.ts";
import { type Body, nodeBodies } from "./plan-bodies.ts";
import { choiceCost, type PlanChoice, planChoice, tidyChoice } from "./plan-choice.ts";
import type { Live } from "./plan-live.ts";
import type { PlanProblem } from "./plan-problem.ts";

export interface SearchOptions {
  /** A closed plan to start from. */
  readonly start: PlanChoice;
  /** How many slots and ways may be looked at before the search gives up; the same input always gives up at the same point. */
  readonly effort?: number;
  /** Decides between plans of equal cost (negative: the first is better); where absent the first one found stays. */
  readonly compare?: (a: PlanChoice, b: PlanChoice) => number;
}

export interface SearchResult {
  readonly choice: PlanChoice;
  readonly cost: number;
  /** True where every other plan was ruled out. */
  readonly complete: boolean;
  /** No plan costs less; `cost` where complete. */
  readonly lowerBound: number;
}

/** About a second. */
export const DEFAULT_EFFORT = 1_000_000;
const TOLERANCE = 1e-9;

interface State {
  readonly undecided: readonly number[];
  readonly open: readonly (readonly number[])[];
  readonly spent: number;
}

/**
 * The closed plan of least distinct cost: branch and bound over the distinct bodies of each needed node and the
 * alternatives of each open slot. A branch is bounded by what is spent, the cheapest body of every node that is needed
 * for sure, and the cheapest alternative of open slots that share none.
 */
export function searchPlan(problem: PlanProblem, live: Live, options: SearchOptions): SearchResult {
  const limit = options.effort ?? DEFAULT_EFFORT;
  const bodiesOf: (readonly Body[] | undefined)[] = new Array(problem.nodes);
  const forcedOf: (readonly number[] | undefined)[] = new Array(problem.nodes);
  const required = new Uint8Array(problem.nodes);
  const banned = new Uint8Array(problem.nodes);
  const wayOf = new Int32Array(problem.nodes).fill(-1);
  const stamp = new Int32Array(problem.nodes);
  let stamps = 0;
  let effort = 0;
  let best = { choice: options.start, cost: choiceCost(problem, options.start) };
  let lowerBound = Number.NaN;

  const bodies = (node: number): readonly Body[] => {
    bodiesOf[node] ??= nodeBodies(problem, live, node);
    return bodiesOf[node];
  };
  const forced = (node: number): readonly number[] => {
    forcedOf[node] ??= bodies(node)
      .map((body) => body.slots.flatMap((slot) => (slot.length === 1 ? slot : [])))
      .reduce((common, needs) => common.filter((need) => needs.includes(need)));
    return forcedOf[node];
  };
  const isOpen = (slot: readonly number[]): boolean => {
    effort += 1;
    return slot.some((node) => banned[node] === 0);
  };
  const isFilled = (slot: readonly number[]): boolean => {
    effort += 1;
    return slot.some((node) => required[node] === 1);
  };
  const feasible = (node: number): readonly Body[] => bodies(node).filter((body) => body.slots.every(isOpen));

  /** Follows what is forced; null where the branch is dead. Nodes it requires are pushed on `marks`. */
  const propagate = (state: State, marks: number[]): State | null => {
    let { spent } = state;
    let undecided = [...state.undecided];
    let open = [...state.open];
    for (let changed = true; changed; ) {
      changed = false;
      const later: number[] = [];
      const require = (node: number): void => {
        if (required[node] === 1) return;
        required[node] = 1;
        marks.push(node);
        later.push(node);
        changed = true;
      };
      for (const node of undecided) {
        const choices = feasible(node);
        const cheapest = choices[0];
        if (cheapest === undefined || banned[node] === 1) return null;
        const free = choices.find((body) => body.cost === cheapest.cost && body.slots.every(isFilled));
        const settled = choices.length === 1 ? cheapest : free;
        if (settled === undefined) {
          later.push(node);
          for (const need of forced(node)) require(need);
          continue;
        }
        wayOf[node] = settled.way;
        spent += settled.cost;
        open.push(...settled.slots);
        changed = true;
      }
      undecided = later;
      const left: (readonly number[])[] = [];
      for (const slot of open) {
        if (isFilled(slot)) continue;
        const choices = slot.filter((node) => banned[node] === 0);
        if (choices.length === 0) return null;
        if (choices.length === 1) require(choices[0]!);
        else left.push(choices);
      }
      open = left;
    }
    return { undecided, open, spent };
  };

  const bound = (state: State): number => {
    let total = state.spent;
    for (const node of state.undecided) total += feasible(node)[0]?.cost ?? 0;
    stamps += 1;
    for (const slot of state.open) {
      if (slot.some((node) => stamp[node] === stamps)) continue;
      let cheapest = Number.POSITIVE_INFINITY;
      for (const node of slot) {
        stamp[node] = stamps;
        cheapest = Math.min(cheapest, bodies(node)[0]!.cost);
      }
      total += cheapest;
    }
    return total;
  };

  const record = (): void => {
    const filler = (slot: number): number => {
      for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
        if (live.alternative[entry] === 1 && required[problem.alternatives[entry]!] === 1) return entry;
      }
      return -1;
    };
    const choice = tidyChoice(problem, planChoice(problem, wayOf, filler));
    const cost = choiceCost(problem, choice);
    const difference = cost - best.cost;
    const better =
      difference < -TOLERANCE || (difference <= TOLERANCE && (options.compare?.(choice, best.choice) ?? 0) < 0);
    if (better) best = { choice, cost };
  };

  const explore = (state: State): void => {
    checkpoint();
    const marks: number[] = [];
    const followed = propagate(state, marks);
    if (followed !== null) branch(followed);
    for (const node of marks) required[node] = 0;
  };

  const branch = (state: State): void => {
    const least = bound(state);
    // The first state that is looked at holds for every plan.
    if (Number.isNaN(lowerBound)) lowerBound = least;
    const slack = least - best.cost;
    if (options.compare === undefined ? slack >= -TOLERANCE : slack > TOLERANCE) return;
    let slot: readonly number[] | undefined;
    for (const other of state.open) if (slot === undefined || other.length < slot.length) slot = other;
    let node = -1;
    let width = slot?.length ?? Number.POSITIVE_INFINITY;
    for (const other of state.undecided) {
      const choices = feasible(other).length;
      if (choices >= width) continue;
      width = choices;
      node = other;
    }
    if (node >= 0) {
      const undecided = state.undecided.filter((other) => other !== node);
      for (const body of feasible(node)) {
        if (effort > limit) return;
        wayOf[node] = body.way;
        explore({ undecided, open: [...state.open, ...body.slots], spent: state.spent + body.cost });
      }
      return;
    }
    if (slot === undefined) {
      record();
      return;
    }
    const order = [...slot].sort((a, b) => bodies(a)[0]!.cost - bodies(b)[0]!.cost || a - b);
    const excluded: number[] = [];
    for (const choice of order) {
      if (effort > limit) break;
      required[choice] = 1;
      explore({ ...state, undecided: [...state.undecided, choice] });
      required[choice] = 0;
      banned[choice] = 1;
      excluded.push(choice);
    }
    for (const choice of excluded) banned[choice] = 0;
  };

  for (const target of problem.targets) required[target] = 1;
  explore({ undecided: problem.targets, open: [], spent: 0 });
  const complete = effort <= limit;
  return { ...best, complete, lowerBound: complete ? best.cost : Math.min(lowerBound, best.cost) };
}
