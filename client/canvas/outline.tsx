import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Badge } from "../panels/badge.tsx";
import { KindLabel, Name } from "../panels/name.tsx";
import type { Graph, GraphNode } from "./drawing.ts";
import { sortMarks } from "./marks.ts";

const SHOWN_LINKS = 6;
const PAGE = 200;

interface OutlineProps {
  readonly graph: Graph;
  readonly selected: readonly string[];
  readonly onSelect: (id: string | null) => void;
  readonly testId: string;
}

/** The table that says what the drawing shows: the reading for screen readers and for print. */
export function Outline({ graph, selected, onSelect, testId }: OutlineProps) {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState(PAGE);
  return (
    <details class="outline" data-testid={testId} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("canvas.outline", { n: graph.nodes.length, m: graph.edges.length })}</summary>
      {isOpen && (
        <div class="table-scroll outline-scroll">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t("outline.name")}</th>
                <th scope="col">{t("outline.kind")}</th>
                <th scope="col">{t("outline.marks")}</th>
                <th scope="col">{t("outline.to")}</th>
              </tr>
            </thead>
            <Rows graph={graph} shown={shown} selected={selected} onSelect={onSelect} />
          </table>
          {graph.nodes.length > shown && (
            <button type="button" class="button" onClick={() => setShown(shown + PAGE)}>
              {t("showing", { n: shown, m: graph.nodes.length })}
            </button>
          )}
        </div>
      )}
    </details>
  );
}

interface RowsProps {
  readonly graph: Graph;
  readonly shown: number;
  readonly selected: readonly string[];
  readonly onSelect: (id: string | null) => void;
}

function Rows({ graph, shown, selected, onSelect }: RowsProps) {
  const targets = useMemo(() => {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const links = new Map<string, GraphNode[]>();
    for (const edge of graph.edges) {
      const to = nodes.get(edge.to);
      if (to !== undefined) links.set(edge.from, [...(links.get(edge.from) ?? []), to]);
    }
    return links;
  }, [graph]);
  return (
    <tbody>
      {graph.nodes.slice(0, shown).map((node) => {
        const links = targets.get(node.id) ?? [];
        return (
          <tr key={node.id} aria-selected={selected.includes(node.id)}>
            <th scope="row">
              <button type="button" class="link" onClick={() => onSelect(node.id)}>
                <Name of={node} />
              </button>
            </th>
            <td>
              <KindLabel kind={node.kind} />
            </td>
            <td>
              <span class="badges">
                {node.country !== null && <span class="country">{node.country}</span>}
                {sortMarks(node.marks).map((mark) => (
                  <Badge key={mark} mark={mark} />
                ))}
              </span>
            </td>
            <td>
              {links.slice(0, SHOWN_LINKS).map((link, index) => (
                <span key={link.id}>
                  {index > 0 && t("listSeparator")}
                  <Name of={link} />
                </span>
              ))}
              {links.length > SHOWN_LINKS && ` ${t("outline.more", { n: links.length })}`}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}
