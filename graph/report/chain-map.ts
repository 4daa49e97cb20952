import type { GapType } from "../analysis/gap-types.ts";
import type { GapReport } from "../analysis/gaps.ts";
import type { Subgraph } from "../analysis/subgraph.ts";
import type { Substitution } from "../analysis/substitution.ts";
import { compareText } from "../projection/build.ts";

/** An item of the map. */
export interface MapItem {
  readonly id: string;
  /** Steps from the nearest target, 0 = the target. */
  readonly depth: number;
  /** Its primary type of gap; null where it is none. */
  readonly gap: GapType | null;
  /** Whether developing or recruiting it completes the chain. */
  readonly completes: boolean;
}

/** A need: from what needs to what is needed. */
export interface MapNeed {
  readonly from: string;
  readonly to: string;
  /** Whether it is on the way from a target to a chokepoint or a missing item. */
  readonly grave: boolean;
}

/** The chain of a target: what it needs, and what needs what. */
export interface ChainMap {
  /** By depth, then id. */
  readonly nodes: readonly MapItem[];
  readonly edges: readonly MapNeed[];
  /** Items that there was no room for. */
  readonly left: number;
}

/** What can still be read on one sheet. */
const MOST_ITEMS = 160;

/** The items of the plan (or of the one after completion) and of the gaps, each with its gap. */
export function chainMap({
  gaps,
  substitution,
}: {
  readonly gaps: GapReport;
  readonly substitution: Substitution;
}): ChainMap {
  const plan = substitution.plans[0] ?? substitution.afterCompletion;
  const drawn = [...(plan === null || plan === undefined ? [] : [plan.subgraph]), substitution.subgraph, gaps.subgraph];
  const depths = new Map<string, number>();
  for (const { nodes } of drawn)
    for (const { id, kind, depth } of nodes)
      if (kind === "Product" && depth !== null) depths.set(id, Math.min(depth, depths.get(id) ?? depth));
  const typeOf = new Map(gaps.gaps.map(({ item, types }) => [item, types[0] ?? null]));
  const completing = new Set(substitution.completion?.items ?? []);
  const grave = (id: string): number => (typeOf.has(id) || completing.has(id) ? 0 : 1);
  const all = [...depths.keys()].sort(
    (a, b) => grave(a) - grave(b) || depths.get(a)! - depths.get(b)! || compareText(a, b),
  );
  const shown = new Set(all.slice(0, MOST_ITEMS));
  const nodes = [...shown]
    .map((id) => ({ id, depth: depths.get(id)!, gap: typeOf.get(id) ?? null, completes: completing.has(id) }))
    .sort((a, b) => a.depth - b.depth || compareText(a.id, b.id));
  return { nodes, edges: edgesAmong(drawn, shown, graveNeeds(gaps)), left: all.length - shown.size };
}

/** The needs along the paths to what is missing or blocked. */
function graveNeeds({ gaps }: GapReport): ReadonlySet<string> {
  const grave = gaps.filter(({ types }) => types[0] === "CHOKEPOINT" || types[0] === "MISSING");
  return new Set(grave.flatMap(({ path }) => path.slice(1).map((need, position) => `${path[position]} ${need}`)));
}

function edgesAmong(
  drawn: readonly Subgraph[],
  shown: ReadonlySet<string>,
  grave: ReadonlySet<string>,
): readonly MapNeed[] {
  const edges = new Map<string, MapNeed>();
  for (const { edges: all } of drawn)
    for (const { type, from, to } of all) {
      const [user, need] = type === "VARIANT_OF" ? [to, from] : [from, to];
      if ((type === "REQUIRES" || type === "VARIANT_OF") && shown.has(user) && shown.has(need))
        edges.set(`${user} ${need}`, { from: user, to: need, grave: grave.has(`${user} ${need}`) });
    }
  return [...edges].sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edge);
}
