import { availability } from "./availability.ts";
import { type BrokenWay, brokenWays, refusedOffers } from "./broken-ways.ts";
import type { Gap } from "./gaps.ts";
import type { PassedOver } from "./passed-over.ts";
import { needsAlong, type RecordedEdge } from "./path-needs.ts";
import type { Scenario } from "./scenario.ts";

/** The recorded facts behind one gap. */
export interface GapCauses {
  /** Id of the item. */
  readonly item: string;
  /** The needs along the gap's path. */
  readonly pathNeeds: readonly RecordedEdge[];
  readonly refused: readonly PassedOver[];
  readonly broken: readonly BrokenWay[];
}

/** Why these gaps of a scenario are gaps, fact by fact. O(one pass of availability + their offers and ways). */
export function gapCauses(
  scenario: Scenario,
  { gaps }: { readonly gaps: readonly Pick<Gap, "item" | "path">[] },
): readonly GapCauses[] {
  const reached = availability(scenario);
  return gaps.map(({ item, path }) => {
    const position = scenario.network.itemIndex.get(item)!;
    return {
      item,
      pathNeeds: needsAlong(scenario, path),
      refused: refusedOffers(scenario, position),
      broken: brokenWays(scenario, reached, position),
    };
  });
}
