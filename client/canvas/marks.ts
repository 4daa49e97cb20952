/** How a mark is seen: by a colour and, for those who do not see it, by the line of the border. */
export interface MarkLook {
  /** Name of the pair of CSS tokens `--tone-…` and `--tone-…-soft`. */
  readonly tone: "danger" | "warn" | "caution" | "good" | "plain" | "muted" | "accent";
  readonly line: "solid" | "dashed" | "dotted" | "double";
  readonly width: number;
}

/** In order of weight: a node looks as the first of its marks does, and names the others. */
export const MARK_LOOKS = {
  TARGET: { tone: "accent", line: "solid", width: 3 },
  GHOST: { tone: "danger", line: "dashed", width: 2 },
  BLOCKER: { tone: "danger", line: "double", width: 5 },
  RESTRICTED: { tone: "danger", line: "solid", width: 2.5 },
  CHOKEPOINT: { tone: "danger", line: "double", width: 4 },
  MISSING: { tone: "danger", line: "dotted", width: 2.5 },
  REMOVED: { tone: "danger", line: "dashed", width: 3 },
  STOPPED: { tone: "danger", line: "solid", width: 2 },
  RESTRICTED_UPSTREAM: { tone: "warn", line: "dashed", width: 2 },
  DEPENDENT: { tone: "warn", line: "dashed", width: 2 },
  REDUCED: { tone: "warn", line: "solid", width: 2 },
  CHOSEN: { tone: "good", line: "solid", width: 2.5 },
  SINGLE_SOURCE: { tone: "caution", line: "double", width: 4 },
  UNSURVEYED: { tone: "muted", line: "dotted", width: 2 },
  UNRECORDED: { tone: "muted", line: "dotted", width: 2 },
  TODAY: { tone: "plain", line: "solid", width: 1.5 },
  ASSUMED: { tone: "plain", line: "dashed", width: 1 },
  LOCAL: { tone: "good", line: "solid", width: 1 },
  PASSED_OVER: { tone: "muted", line: "solid", width: 1 },
  WITNESS: { tone: "accent", line: "solid", width: 1.5 },
} as const satisfies Record<string, MarkLook>;

export type KnownMark = keyof typeof MARK_LOOKS;

export const MARK_ORDER = Object.keys(MARK_LOOKS).filter(isKnownMark);

/** Whether the page knows how to show this mark. */
export function isKnownMark(mark: string): mark is KnownMark {
  return Object.hasOwn(MARK_LOOKS, mark);
}

/** The marks in order of weight; those the page does not know come last. */
export function sortMarks(marks: readonly string[]): string[] {
  const weight = (mark: string): number => (isKnownMark(mark) ? MARK_ORDER.indexOf(mark) : MARK_ORDER.length);
  return [...marks].sort((a, b) => weight(a) - weight(b));
}
