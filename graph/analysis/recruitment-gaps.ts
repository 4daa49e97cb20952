import type { GapType } from "./gap-types.ts";
import type { Gap } from "./gaps.ts";

/** What of a gap is closed: the types that it no longer has. */
export interface ClosedGap {
  readonly item: string;
  readonly types: readonly GapType[];
  /** Whether nothing of it is left. */
  readonly whole: boolean;
}

/** Types that a source at home ends, which an offer of the what-if alone does not show. */
const NOT_AT_HOME: readonly GapType[] = ["NOT_LOCAL", "SINGLE_JURISDICTION"];

/** Gaps as they are once these items are supplied from home as well. */
export function openGaps(found: readonly Gap[], atHome: ReadonlySet<string>): readonly Gap[] {
  return found.flatMap((gap) => {
    if (!atHome.has(gap.item)) return [gap];
    const isOpen = (type: GapType): boolean => !NOT_AT_HOME.includes(type);
    const types = gap.types.filter(isOpen);
    return types.length === 0 ? [] : [{ ...gap, types, possible: gap.possible.filter(isOpen) }];
  });
}

/**
 * Which gaps each of several suppliers closes, who come one after the other: of an item, the first that supplies it; of an
 * item that none supplies, the one with which it becomes available, or else the last.
 */
export function closedGaps(
  before: readonly Gap[],
  after: readonly Gap[],
  supplied: readonly (readonly string[])[],
  unblocked: readonly (readonly string[])[],
): readonly (readonly ClosedGap[])[] {
  const left = new Map(after.map((gap) => [gap.item, gap]));
  const closed: ClosedGap[][] = supplied.map(() => []);
  for (const { item, types } of before) {
    const still = left.get(item)?.types ?? [];
    const ended = types.filter((type) => !still.includes(type));
    if (ended.length === 0) continue;
    const by = [supplied, unblocked].map((lists) => lists.findIndex((items) => items.includes(item)));
    const first = by.find((position) => position >= 0) ?? supplied.length - 1;
    closed[first]?.push({ item, types: ended, whole: still.length === 0 });
  }
  return closed;
}
