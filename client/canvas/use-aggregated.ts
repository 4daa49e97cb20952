import { useMemo } from "preact/hooks";
import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { language, view } from "../state/view.ts";
import { type Aggregated, aggregate, type Group } from "./aggregate.ts";
import type { Graph } from "./drawing.ts";

/** The graph as the view draws it: a large one in groups, those that its address names opened. */
export function useAggregated(graph: Graph, singles: readonly string[]): Aggregated {
  const { groups } = view.value;
  const opened = groups.join("\n");
  const kept = singles.join("\n");
  return useMemo(
    () => aggregate(graph, new Set(groups), new Set(singles), groupName),
    [graph, opened, kept, language.value, label("mark", "TARGET")],
  );
}

/** A group in the reader's words, with how many it has. */
export function groupName({ kind, common, members }: Group): string {
  return t("canvas.group", { name: commonName(kind, common), n: members.length });
}

function commonName(kind: string, common: Group["common"]): string {
  const kindName = label("kind", kind);
  switch (common.by) {
    case "stage": {
      const category = common.category === null ? kindName : label("ProductCategory", common.category);
      return common.depth === null ? category : t("canvas.group.stage", { n: common.depth, category });
    }
    case "owner": {
      const { name, nameEn } = common.owner;
      return t("canvas.group.owner", { name: language.value === "en" ? (nameEn ?? name) : name });
    }
    case "country":
      return t("canvas.group.country", { country: countryName(common.country, language.value), kind: kindName });
    case "kind":
      return kindName;
  }
}
