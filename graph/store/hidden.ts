import type { Params } from "./store.ts";

/** What a caller is not to see, as parameters of every query that reads facts. */
export interface Hidden extends Params {
  /** Names of data sets: none of their nodes and relationships. */
  readonly hidden: readonly string[];
  /** Ids of products of these data sets that other relationships name in their `product`: none of those. */
  readonly hiddenProducts: readonly string[];
  /** Ids of sources of these data sets: conditions on what is cited act as if they were not. */
  readonly hiddenSources: readonly string[];
}

/** What the parameters are where a caller may see everything. */
export const NOTHING_HIDDEN: Hidden = { hidden: [], hiddenProducts: [], hiddenSources: [] };
