import type { Interval } from "./interval.ts";

/** Someone who holds part of a supply. */
export interface Holder {
  /** Mass it surely holds. */
  readonly base: number;
  /** Whether it may hold any part of the free mass. */
  readonly open: boolean;
  /** Whether it may be many small ones: a jurisdiction's unnamed firms. */
  readonly divisible: boolean;
}

/** How concentrated a supply is, over every allocation of what is unknown. */
export interface Measures {
  /** Herfindahl–Hirschman index, 0 to 10,000. */
  readonly hhi: Interval;
  /** Share of the largest, in [0, 1]. */
  readonly cr1: Interval;
  /** How few hold 75 %; `high` null where no bound follows from the records. */
  readonly n75: { readonly low: number; readonly high: number | null };
}

const ROUNDING = 1e-9;

/**
 * HHI (Hirschman 1945, Herfindahl 1950), largest share and n75 as intervals (ANALYSES.md 5). `free` mass goes to open
 * holders; where none is open, to unlisted ones (the lower bound) or to the largest (the upper). Exact: sums of squares
 * and top-k sums are Schur-convex, so the extremes are the even filling-up and everything on one.
 */
export function measure(holders: readonly Holder[], free: number, total: number): Measures {
  const spread = spreadOut(holders, free);
  const piled = pileUp(holders, free);
  return {
    hhi: { low: squares(spread, total), high: squares(piled, total) },
    cr1: { low: (spread[0] ?? 0) / total, high: (piled[0] ?? 0) / total },
    n75: { low: fewest(piled, 0.75 * total) ?? 1, high: fewest(spread, 0.75 * total) },
  };
}

/** The index of `measure` alone, without putting the holders in order. */
export function herfindahl(holders: readonly Holder[], free: number, total: number): Interval {
  const scale = 10_000 / (total * total);
  let whole = 0;
  let firm = 0;
  let opens = 0;
  let toDust = false;
  let taker = -1;
  let takes = false;
  for (let position = 0; position < holders.length; position += 1) {
    const { base, open, divisible } = holders[position]!;
    const square = base * base;
    whole += square;
    if (!divisible && !open) firm += square;
    if (open && divisible) toDust = true;
    if (open && !divisible) opens += 1;
    // An open holder takes what is free rather than a larger one of known share.
    if (taker === -1 || (open && !takes) || (open === takes && base > holders[taker]!.base)) taker = position;
    takes ||= open;
  }
  const taken = taker === -1 ? 0 : holders[taker]!.base;
  const high = free <= 0 ? whole : whole - taken * taken + (taken + free) * (taken + free);
  if (opens === 0) return { low: firm * scale, high: high * scale };
  let bases = holders.filter((holder) => holder.open && !holder.divisible).map((holder) => holder.base);
  if (!toDust) bases = [...filledUp(bases, free)];
  return { low: (firm + bases.reduce((sum, base) => sum + base * base, 0)) * scale, high: high * scale };
}

/** The least concentrated masses, descending; what may be dust is left out. */
function spreadOut(holders: readonly Holder[], free: number): readonly number[] {
  const closed = holders.filter((holder) => !holder.open && !holder.divisible).map((holder) => holder.base);
  const open = holders.filter((holder) => holder.open && !holder.divisible).map((holder) => holder.base);
  const toDust = open.length === 0 || holders.some((holder) => holder.open && holder.divisible);
  return descending([...closed, ...(toDust ? open : filledUp(open, free))]);
}

/** Raises the lowest bases evenly until `free` is used up. */
function filledUp(bases: readonly number[], free: number): readonly number[] {
  const ascending = [...bases].sort((a, b) => a - b);
  let sum = free;
  let count = 0;
  while (count < ascending.length && (count === 0 || ascending[count]! * count < sum)) {
    sum += ascending[count]!;
    count += 1;
  }
  const level = sum / count;
  return ascending.map((base, position) => (position < count ? level : base));
}

/** The most concentrated masses, descending. */
function pileUp(holders: readonly Holder[], free: number): readonly number[] {
  const masses = holders.map((holder) => holder.base);
  if (free <= 0) return descending(masses);
  const mayTake = holders.some((holder) => holder.open) ? holders.map((holder) => holder.open) : null;
  let taker = -1;
  masses.forEach((mass, position) => {
    if (mayTake?.[position] === false) return;
    if (taker === -1 || mass > masses[taker]!) taker = position;
  });
  if (taker === -1) masses.push(free);
  else masses[taker] = masses[taker]! + free;
  return descending(masses);
}

function descending(masses: readonly number[]): readonly number[] {
  return [...masses].sort((a, b) => b - a);
}

function squares(masses: readonly number[], total: number): number {
  return (10_000 * masses.reduce((sum, mass) => sum + mass * mass, 0)) / (total * total);
}

function fewest(masses: readonly number[], enough: number): number | null {
  let sum = 0;
  for (const [position, mass] of masses.entries()) {
    sum += mass;
    if (sum >= enough - ROUNDING) return position + 1;
  }
  return null;
}
