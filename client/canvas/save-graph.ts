import { csvOf } from "../export/csv.ts";
import { graphTable } from "../export/graph-table.ts";
import { saveText } from "../export/save.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { language } from "../state/view.ts";
import type { Picture } from "./canvas.ts";
import type { Graph } from "./drawing.ts";
import { pictureSvg } from "./picture-svg.ts";
import { readTheme } from "./theme.ts";

/** A graph as a drawing that scales, as it is shown; as rows, or as data, with the members of groups that are closed. */
export function saveGraph(format: "SVG" | "CSV" | "JSON", name: string, graph: Graph, drawn: Drawn): void {
  if (format === "JSON") saveText(JSON.stringify(graph, null, 2), `${name}.json`, "application/json");
  else if (format === "CSV") saveText(csvOf(graphTable(graph, words())), `${name}.csv`, "text/csv");
  else if (drawn.picture !== null && drawn.frame !== null)
    saveText(pictureSvg(drawn.picture, readTheme(drawn.frame), name), `${name}.svg`, "image/svg+xml");
}

interface Drawn {
  readonly picture: Picture | null;
  /** Where it is drawn: its colours are taken from there. */
  readonly frame: Element | null;
}

function words() {
  return {
    name: (node: { readonly name: string; readonly nameEn: string | null }) =>
      language.value === "en" ? (node.nameEn ?? node.name) : node.name,
    kind: (kind: string) => label("kind", kind),
    mark: (mark: string) => label("mark", mark),
    type: (type: string) => label("type", type),
    head: [
      t("save.id"),
      t("outline.name"),
      t("outline.kind"),
      t("save.country"),
      t("outline.marks"),
      t("explore.path.from"),
      t("explore.path.to"),
    ],
  };
}
