import { compareText } from "../projection/build.ts";
import type { DiffCause } from "./diff-causes.ts";
import type { Gap, GapReport } from "./gaps.ts";
import type { Interval } from "./interval.ts";

/** A gap that is on one side only, or differs in type, score or tier. */
export interface GapChange {
  readonly item: string;
  readonly change: "APPEARED" | "CLOSED" | "CHANGED";
  readonly before: Gap | null;
  readonly after: Gap | null;
  readonly causes: readonly DiffCause[];
}

/** How two reports differ: the gravest first, then by id. */
export function gapChanges(
  before: GapReport,
  after: GapReport,
  causesOf: (item: string) => readonly DiffCause[],
): readonly GapChange[] {
  const [was, is] = [before, after].map(
    ({ gaps, unrecorded }) => new Map([...gaps, ...unrecorded].map((gap) => [gap.item, gap])),
  );
  const changes: GapChange[] = [];
  for (const item of new Set([...was!.keys(), ...is!.keys()])) {
    const [old, now] = [was!.get(item) ?? null, is!.get(item) ?? null];
    if (old !== null && now !== null && !differs(old, now)) continue;
    const change = old === null ? "APPEARED" : now === null ? "CLOSED" : "CHANGED";
    changes.push({ item, change, before: old, after: now, causes: causesOf(item) });
  }
  return changes.sort((a, b) => gravity(b) - gravity(a) || compareText(a.item, b.item));
}

/** Whether two intervals, or what stands for one that is not known, are not the same but for rounding. */
export function isOther(a: Interval | null, b: Interval | null): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a.low - b.low) > ROUNDING || Math.abs(a.high - b.high) > ROUNDING;
}

const ROUNDING = 1e-9;

function differs(a: Gap, b: Gap): boolean {
  return (
    a.types.join() !== b.types.join() ||
    a.possible.join() !== b.possible.join() ||
    isOther(a.score, b.score) ||
    a.tier !== b.tier
  );
}

function gravity({ before, after }: GapChange): number {
  const middle = (gap: Gap | null): number =>
    gap === null || gap.score === null ? 0 : Math.round((gap.score.low + gap.score.high) * 1e6);
  return Math.max(middle(before), middle(after));
}
