import { activeUnder } from "../analysis/active.ts";
import type { CandidateKind, Supplier } from "../analysis/recruitment-candidates.ts";
import { usedLinks } from "../analysis/resources.ts";
import type { Scenario } from "../analysis/scenario.ts";
import { GraphError } from "../errors.ts";
import { type ProjectTargetRow, projectTargets } from "../queries/project-targets.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** A supplier as a caller names it. */
export interface NamedSupplier {
  /** Id of a recorded firm or project, or a name of the caller's own. */
  readonly id: string;
  /** Ids of items; null = what is recorded of it. */
  readonly items: readonly string[] | null;
  /** In the unit of the budget; null = what is recorded, else unknown. */
  readonly cost: number | null;
}

/** Who might be recruited beside those that the network suggests, and whose supply counts as landed. */
export interface RecruitmentSuppliers {
  readonly named: readonly Supplier[];
  readonly landed: readonly Supplier[];
}

/** Projects that are not yet certain: recruiting is what brings them about. */
const OPEN = ["CANDIDATE", "SIGNED"];
/** Most items of projects that one answer reads; beyond it the answer would not be the whole truth. */
const MOST_TARGETS = 20_000;

/**
 * Finds who the ids of a question about recruitment mean, in one statement: a firm stands for what it is recorded to offer,
 * a project for the items it TARGETS, an item for itself; with PROJECT among `suggest` every project under negotiation or
 * signed is a candidate. Rejects with a `GraphError` BAD_INPUT that names an id without known items.
 */
export async function recruitmentSuppliers(
  store: GraphStore,
  scenario: Pick<Scenario, "network" | "policy">,
  asked: {
    readonly suggest: readonly CandidateKind[];
    readonly suppliers: readonly NamedSupplier[];
    /** Ids of projects, firms or items, or of `suppliers`. */
    readonly landed: readonly string[];
  },
  options: ReadOptions = {},
): Promise<RecruitmentSuppliers> {
  const statuses = asked.suggest.includes("PROJECT") ? OPEN : [];
  const ids = [...asked.landed, ...asked.suppliers.map(({ id }) => id)];
  const rows = await store.read(projectTargets, { statuses, ids, limit: MOST_TARGETS + 1 }, options);
  if (rows.length > MOST_TARGETS)
    throw new GraphError("OVERLOADED", `More than ${MOST_TARGETS} items are targets of projects: name fewer projects.`);
  const projects = projectsOf(usedLinks(rows, scenario.policy));
  const own = new Map(asked.suppliers.map((supplier) => [supplier.id, resolve(scenario, projects, supplier)]));
  const landed = [...new Set(asked.landed)].map(
    (id) => own.get(id) ?? resolve(scenario, projects, { id, items: null, cost: null }),
  );
  const open = [...projects.values()].filter(({ id }) => !own.has(id) && !asked.landed.includes(id));
  const suggested = statuses.length === 0 ? [] : open;
  const isLanded = new Set(landed);
  return { named: [...[...own.values()].filter((supplier) => !isLanded.has(supplier)), ...suggested], landed };
}

function projectsOf(rows: readonly ProjectTargetRow[]): ReadonlyMap<string, Supplier> {
  const projects = new Map<string, Supplier>();
  for (const { project, item, cost } of rows) {
    const items = [...(projects.get(project)?.items ?? []), item];
    projects.set(project, { id: project, kind: "PROJECT", firm: null, items, cost });
  }
  return projects;
}

function resolve(
  scenario: Pick<Scenario, "network" | "policy">,
  projects: ReadonlyMap<string, Supplier>,
  { id, items, cost }: NamedSupplier,
): Supplier {
  const { network } = scenario;
  const recorded = projects.get(id) ?? firmOf(scenario, id);
  if (recorded !== null) return { ...recorded, items: items ?? recorded.items, cost: cost ?? recorded.cost };
  const item = network.itemIndex.get(id);
  if (item !== undefined && items === null) {
    const known = network.itemDevelopCost[item]!;
    return { id, kind: "ITEM", firm: null, items: [id], cost: cost ?? (Number.isNaN(known) ? null : known) };
  }
  if (items === null)
    throw new GraphError(
      "BAD_INPUT",
      `${JSON.stringify(id)} is no firm with offers, no project that TARGETS an item and no item: record that, or name its items in \`suppliers\`.`,
    );
  return { id, kind: "SUPPLIER", firm: null, items, cost };
}

/** A firm with everything that it is recorded to offer; null where it is none, or offers nothing. */
function firmOf({ network, policy }: Pick<Scenario, "network" | "policy">, id: string): Supplier | null {
  const firm = network.firmIndex.get(id);
  if (firm === undefined) return null;
  const isActive = activeUnder(policy);
  const items = new Set<string>();
  network.offerFirm.forEach((seller, offer) => {
    if (seller === firm && isActive(network.offerFact, offer)) items.add(network.items[network.offerItem[offer]!]!);
  });
  return items.size === 0 ? null : { id, kind: "FIRM", firm: id, items: [...items], cost: null };
}
