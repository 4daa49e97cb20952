import { useMemo } from "preact/hooks";
import { provenanceQuery } from "../../api/structure.ts";
import { useQuery } from "../../api/use-query.ts";
import type { Graph, GraphNode } from "../../canvas/drawing.ts";
import { t } from "../../i18n/index.ts";
import { label, ontology } from "../../state/labels.ts";
import { mayEdit } from "../../state/session.ts";
import { navigate, pageView, view } from "../../state/view.ts";
import { Answer, Empty } from "../answer.tsx";
import { EntityFacts } from "../entity-facts.tsx";
import { KindIcon, Name } from "../name.tsx";

const ANALYSED = ["Product", "Firm", "Chain"];
const SHOWN = 12;

interface NodeDetailProps {
  readonly id: string;
  readonly graph: Graph;
  /** Pins the node where it stands, or releases it. */
  readonly onPin: (id: string) => void;
}

/** What is known of a node, its relationships on the canvas, and what to do with it. */
export function NodeDetail({ id, graph, onPin }: NodeDetailProps) {
  const { pins } = view.value;
  const query = useQuery(provenanceQuery, { id });
  const kind = query.data?.node?.kind;
  return (
    <section
      class="detail explore-detail"
      aria-label={t("explore.detail")}
      tabIndex={-1}
      data-detail=""
      data-testid="node-detail"
    >
      <header class="detail-head">
        <h2>{t("explore.detail")}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t("detail.close")}
          onClick={() => navigate({ selected: null })}
        >
          ×
        </button>
      </header>
      <div class="detail-body">
        <Expand id={id} />
        <p class="detail-actions">
          <button type="button" class="button" onClick={() => remove(id)} data-testid="node-remove">
            {t("explore.remove")}
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={pins.some((pin) => pin.id === id)}
            onClick={() => onPin(id)}
            data-testid="node-pin"
          >
            {t("explore.pin")}
          </button>
          <button type="button" class="button" onClick={() => navigate({ pathFrom: id })}>
            {t("explore.pathFrom")}
          </button>
          <button type="button" class="button" onClick={() => navigate({ pathTo: id })}>
            {t("explore.pathTo")}
          </button>
          {mayEdit.value && (
            <button
              type="button"
              class="button"
              data-testid="node-edit"
              onClick={() => navigate(pageView({ view: "edit", form: "entity", selected: id }))}
            >
              {t("edit.change")}
            </button>
          )}
          {kind !== undefined && ANALYSED.includes(kind) && (
            <>
              <button type="button" class="button" onClick={() => navigate(pageView({ view: "gaps", target: id }))}>
                {t("structure.gaps")}
              </button>
              <button
                type="button"
                class="button"
                onClick={() => navigate(pageView({ view: "substitution", target: id }))}
              >
                {t("structure.plan")}
              </button>
            </>
          )}
        </p>
        <Answer of={query}>
          {({ node }) =>
            node === null ? <Empty title={t("empty.notFound", { id })} /> : <EntityFacts entity={node} />
          }
        </Answer>
        <Links id={id} graph={graph} />
      </div>
    </section>
  );
}

function remove(id: string): void {
  const { removed, open } = view.value;
  navigate({
    removed: [...removed, id],
    open: open.filter((opening) => opening.id !== id),
    pins: view.value.pins.filter((pin) => pin.id !== id),
    selected: null,
  });
}

/** Opens or closes the neighbours of a node, all or along one type of relationship. */
function Expand({ id }: { readonly id: string }) {
  const { open } = view.value;
  const mine = open.filter((opening) => opening.id === id);
  const types = ontology.value?.relationshipTypes ?? [];
  return (
    <p class="detail-actions">
      <label class="expand">
        {t("explore.expand")}{" "}
        <select
          class="input input-small"
          value="-"
          data-testid="node-expand"
          onChange={(event) => {
            const type = event.currentTarget.value;
            event.currentTarget.value = "-";
            if (mine.some((opening) => opening.type === type)) return;
            navigate({ open: [...open, { id, type }], selected: id });
          }}
        >
          <option value="-">…</option>
          <option value="">{t("explore.expand.all")}</option>
          {types.map(({ type }) => (
            <option key={type} value={type}>
              {label("type", type)}
            </option>
          ))}
        </select>
      </label>
      {mine.length > 0 && open.length > 1 && (
        <button
          type="button"
          class="button"
          data-testid="node-collapse"
          onClick={() => navigate({ open: open.filter((opening) => opening.id !== id) })}
        >
          {t("explore.collapse")}
        </button>
      )}
    </p>
  );
}

function Links({ id, graph }: { readonly id: string; readonly graph: Graph }) {
  const groups = useMemo(() => {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const found = new Map<string, { readonly type: string; readonly arrow: string; readonly nodes: GraphNode[] }>();
    for (const edge of graph.edges) {
      if (edge.from !== id && edge.to !== id) continue;
      const arrow = edge.from === id ? "→" : "←";
      const other = nodes.get(edge.from === id ? edge.to : edge.from);
      const key = `${edge.type} ${arrow}`;
      const group = found.get(key) ?? { type: edge.type, arrow, nodes: [] };
      if (other !== undefined) group.nodes.push(other);
      found.set(key, group);
    }
    return [...found.values()];
  }, [graph, id]);
  return (
    <section>
      <h3>{t("explore.links")}</h3>
      {groups.map(({ type, arrow, nodes }) => (
        <div key={`${type} ${arrow}`} class="link-group">
          <h4>
            {label("type", type)} {arrow} <span class="count">{nodes.length}</span>
          </h4>
          <ul class="plain-list">
            {nodes.slice(0, SHOWN).map((node) => (
              <li key={node.id}>
                <button type="button" class="link" onClick={() => navigate({ selected: node.id })}>
                  <KindIcon kind={node.kind} /> <Name of={node} />
                </button>
                {node.country !== null && <span class="country">{node.country}</span>}
              </li>
            ))}
          </ul>
          {nodes.length > SHOWN && <p class="note">{t("showing", { n: SHOWN, m: nodes.length })}</p>}
        </div>
      ))}
    </section>
  );
}
