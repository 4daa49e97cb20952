const EFFORT = 5_000_000;

/** Minimal sets, smallest first, then in order of their members; and whether they are all. */
export interface MinimalSets {
  readonly sets: readonly (readonly number[])[];
  /** What ended the search before it was over: larger sets (SIZE) or any (CALLS) may be missing; null = these are all. */
  readonly stoppedBy: "SIZE" | "CALLS" | null;
}

export interface MinimalSetLimits {
  /** Members of the largest set looked for. */
  readonly maxSize: number;
  /** How often a witness is asked for. */
  readonly maxCalls: number;
}

/**
 * Minimal sets that every witness meets (cut sets; MOCUS, Fussell & Vesely 1972), by a bounded search tree: a witness
 * that avoids R shows that a set which holds R needs one more of the witness's members. Complete up to `maxSize`, since
 * every such set meets every witness; at most 1 + p + p^2 + … calls for witnesses of p members.
 *
 * @param witness The members of something that avoids the given set, or null where nothing does.
 */
export function minimalSets(
  witness: (avoided: readonly number[]) => readonly number[] | null,
  limits: MinimalSetLimits,
): MinimalSets {
  const sets: (readonly number[])[] = [];
  let stoppedBy: MinimalSets["stoppedBy"] = null;
  let calls = 0;
  let level: readonly (readonly number[])[] = [[]];
  for (let size = 0; level.length > 0; size += 1) {
    const next = new Map<string, readonly number[]>();
    for (const avoided of level) {
      if (sets.some((set) => set.every((member) => avoided.includes(member)))) continue;
      if (calls === limits.maxCalls) return { sets: sets.sort(compareSets), stoppedBy: "CALLS" };
      calls += 1;
      const found = witness(avoided);
      if (found === null) {
        sets.push(avoided);
      } else if (size === limits.maxSize) {
        if (found.length > 0) stoppedBy = "SIZE";
      } else {
        for (const member of found) {
          const longer = [...avoided, member].sort((a, b) => a - b);
          next.set(longer.join(), longer);
        }
      }
    }
    level = [...next.values()].sort(compareSets);
  }
  return { sets: sets.sort(compareSets), stoppedBy };
}

/** Orders sets (members ascending) by size, then by their members. */
export function compareSets(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((member, index) => member !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

/**
 * Limits for witnesses that each look at a whole problem: fewer calls for larger ones, so that the answer takes seconds.
 *
 * @param size Ways and alternatives of the problem.
 */
export function limitsFor(size: number, most: MinimalSetLimits): MinimalSetLimits {
  return { maxSize: most.maxSize, maxCalls: Math.max(30, Math.min(most.maxCalls, Math.floor(EFFORT / (size + 1)))) };
}
