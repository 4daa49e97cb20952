import type { Subgraph } from "../analysis/subgraph.ts";
import type { Kind, RelationshipType } from "../ontology.ts";
import { entitiesOfKinds } from "../queries/entities-of-kinds.ts";
import { expand } from "../queries/expand.ts";
import type { EntityRow } from "../queries/rows.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";
import { drawSteps } from "./neighborhood.ts";
import type { Step } from "./steps.ts";

const LISTED = [
  "Cluster",
  "Pillar",
  "Chain",
  "Stage",
  "Indicator",
  "Institute",
  "TalentTeam",
  "Project",
  "Policy",
  "Fund",
  "Bank",
  "IpService",
  "Event",
] as const satisfies readonly Kind[];
const DRAWN: readonly Kind[] = ["Cluster", "Pillar", "Chain", "Stage", "Firm"];
const DRAWN_TYPES = ["PART_OF", "LEADS"] as const satisfies readonly RelationshipType[];
/** How many of each kind at most: the overview of a cluster, not a dump. */
const KIND_LIMIT = 500;
const STEP_LIMIT = 5_000;

export interface Structure {
  readonly entities: Readonly<Record<(typeof LISTED)[number], readonly EntityRow[]>>;
  /** Ids of the firms that lead a cluster, pillar or chain. */
  readonly leaders: readonly string[];
  readonly subgraph: Subgraph;
}

const listed = entitiesOfKinds(LISTED);

/** The structure of the cluster in two statements: its pillars, chains, leaders, resources and figures, each by id. */
export async function structure(store: GraphStore, options?: ReadOptions): Promise<Structure> {
  const rows = await store.read(listed, { after: "", limit: KIND_LIMIT }, options);
  const of = (kind: Kind) => rows.filter((row) => row.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1));
  const entities = Object.fromEntries(LISTED.map((kind) => [kind, of(kind)])) as unknown as Structure["entities"];
  const frame = rows.filter((row) => DRAWN.includes(row.kind));
  const ids = frame.map((row) => row.id).sort();
  const steps = await store.read(expand, { ids, types: DRAWN_TYPES, limit: STEP_LIMIT }, options);
  const leaders = [...new Set(steps.filter((step) => step.type === "LEADS").map((step) => step.from))].sort();
  return { entities, leaders, subgraph: drawStructure(frame, steps, leaders) };
}

const LEVELS: Partial<Record<Kind, number>> = { Cluster: 0, Pillar: 1, Chain: 2, Firm: 3, Stage: 4 };

function drawStructure(frame: readonly EntityRow[], steps: readonly Step[], leaders: readonly string[]): Subgraph {
  const nodes = new Map<string, { kind: Kind; depth: number }>();
  for (const { id, kind } of frame) nodes.set(id, { kind, depth: LEVELS[kind] ?? 0 });
  for (const id of leaders) nodes.set(id, { kind: "Firm", depth: LEVELS.Firm! });
  const among = new Map(
    steps.filter(({ from, to }) => nodes.has(from) && nodes.has(to)).map((step) => [step.id, step]),
  );
  return drawSteps(nodes, among.values(), new Set());
}
