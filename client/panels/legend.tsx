import { type Graph, seenMarks } from "../canvas/drawing.ts";
import { MARK_ORDER } from "../canvas/marks.ts";
import { t } from "../i18n/index.ts";
import { ontology } from "../state/labels.ts";
import { Badge } from "./badge.tsx";
import { KindLabel } from "./name.tsx";

/** What the shapes, colours and lines of the graphs beside it mean: the kinds and marks that are seen in them. */
export function Legend({ graphs }: { readonly graphs: readonly Graph[] }) {
  const kinds = new Set(graphs.flatMap((graph) => graph.nodes.map((node) => node.kind)));
  const marks = new Set(graphs.flatMap((graph) => [...seenMarks(graph)]));
  const known = ontology.value;
  const shownKinds = (known?.kinds ?? []).filter(({ kind }) => kinds.has(kind));
  const shownMarks = MARK_ORDER.filter((mark) => marks.has(mark));
  return (
    <section class="legend" aria-label={t("legend")} data-testid="legend">
      <strong>{t("legend")}</strong>
      {shownKinds.map(({ kind }) => (
        <KindLabel key={kind} kind={kind} />
      ))}
      {shownMarks.map((mark) => (
        <Badge key={mark} mark={mark} />
      ))}
    </section>
  );
}
