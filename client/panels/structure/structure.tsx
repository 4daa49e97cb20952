import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Named } from "../../api/fragments.ts";
import { type Structure, structureQuery } from "../../api/structure.ts";
import { useQuery } from "../../api/use-query.ts";
import { filterGraph } from "../../canvas/drawing.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { navigate, pageView, view } from "../../state/view.ts";
import { Answer, Empty } from "../answer.tsx";
import { AssertionBadge } from "../evidence.tsx";
import { Later } from "../later.tsx";
import { Legend } from "../legend.tsx";
import { KindIcon, Name, Statement } from "../name.tsx";
import { Figures } from "./figures.tsx";
import { Resources } from "./resources.tsx";

/** The “235” overview: pillars, leaders, chains, figures and resources, as the sources state them. */
export function StructurePage() {
  const query = useQuery(structureQuery, {});
  return (
    <Answer of={query} lines={14}>
      {({ structure }) =>
        structure.pillars.length + structure.chains.length + structure.indicators.length === 0 ? (
          <Empty title={t("structure.empty")}>
            <button type="button" class="button" onClick={query.retry}>
              {t("retry")}
            </button>
          </Empty>
        ) : (
          <StructureBody structure={structure} />
        )
      }
    </Answer>
  );
}

const DRAWN: ReadonlySet<string> = new Set(["Pillar", "Chain", "Firm"]);

function StructureBody({ structure }: { readonly structure: Structure }) {
  const { selected } = view.value;
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const graph = useMemo(() => filterGraph(structure.subgraph, ({ kind }) => DRAWN.has(kind)), [structure]);
  return (
    <div class="page structure" data-testid="structure">
      {structure.clusters.map((cluster) => (
        <header class="page-head" key={cluster.id}>
          <h1>
            <Name of={cluster} />
          </h1>
          <p class="note">
            <Statement of={cluster} />{" "}
            <button type="button" class="link" onClick={() => navigate({ source: cluster.id })}>
              {t("source")}
            </button>
          </p>
        </header>
      ))}
      <div class="structure-top">
        <div class="structure-lists">
          <Group title={t("structure.pillars")} count={structure.pillars.length}>
            {structure.pillars.map((pillar) => (
              <EntityCard key={pillar.id} entity={pillar} />
            ))}
          </Group>
          <Group title={t("structure.leaders")} count={structure.leaders.length}>
            {structure.leaders.map((leader) => (
              <EntityCard key={leader.id} entity={leader} isTarget />
            ))}
          </Group>
          <Group title={t("structure.chains")} count={structure.chains.length}>
            {structure.chains.map((chain) => (
              <EntityCard key={chain.id} entity={chain} isTarget>
                <ChainNote chain={chain} />
              </EntityCard>
            ))}
          </Group>
        </div>
        <div class="structure-graph">
          <GraphView
            name={t("structure.graph")}
            graph={graph}
            layout="structure"
            selected={chosen}
            onSelect={(id) => navigate({ selected: id, source: id })}
            testId="structure-graph"
          />
          <Legend graphs={[graph]} />
        </div>
      </div>
      <Later>
        <Figures figures={structure.indicators} />
      </Later>
      <Later>
        <Resources structure={structure} />
      </Later>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly children: ComponentChildren;
}

function Group({ title, count, children }: GroupProps) {
  return (
    <section class="group">
      <h2>
        <span class="group-count">{count}</span> {title}
      </h2>
      <div class="group-cards">{children}</div>
    </section>
  );
}

interface EntityCardProps {
  readonly entity: Named;
  readonly isTarget?: boolean;
  readonly children?: ComponentChildren;
}

function EntityCard({ entity, isTarget = false, children }: EntityCardProps) {
  const open = (name: "gaps" | "substitution"): void => navigate(pageView({ view: name, target: entity.id }));
  return (
    <article class="card" data-testid={`card-${entity.id}`}>
      <button type="button" class="card-name" onClick={() => navigate({ source: entity.id, selected: entity.id })}>
        <KindIcon kind={entity.kind} /> <Name of={entity} />
      </button>
      {children}
      {isTarget && (
        <p class="card-actions">
          <button type="button" class="link" onClick={() => open("gaps")}>
            {t("structure.gaps")}
          </button>
          <button type="button" class="link" onClick={() => open("substitution")}>
            {t("structure.plan")}
          </button>
        </p>
      )}
    </article>
  );
}

function ChainNote({ chain }: { readonly chain: Structure["chains"][number] }) {
  const parts = [
    { title: t("structure.ofPillar"), edges: chain.pillars.edges },
    { title: t("structure.ledBy"), edges: chain.leaders.edges },
  ].filter(({ edges }) => edges.length > 0);
  if (parts.length === 0) return <p class="note">{t("structure.notStated")}</p>;
  return (
    <p class="note">
      {parts.map(({ title, edges }) => (
        <span key={title} class="card-part">
          {title}{" "}
          {edges.map(({ node, assertion }, index) => (
            <span key={node.id}>
              <Name of={node} />
              {assertion !== "STATED" && " "}
              <span class="card-state">
                {assertion !== "STATED" && <AssertionBadge assertion={assertion} />}
                {index < edges.length - 1 && t("listSeparator")}
              </span>
            </span>
          ))}
        </span>
      ))}
    </p>
  );
}
