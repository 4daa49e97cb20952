import type { Kind, RelationshipType } from "../ontology.ts";
import { compareText } from "../projection/build.ts";
import { ownerOf } from "../projection/csr.ts";
import { offerId, requirementId, variantId } from "../projection/edge-ids.ts";
import type { Scenario } from "./scenario.ts";
import { UNIT_STATES } from "./scenario.ts";
import { MARKS, type Mark, type Subgraph, type SubgraphEdge, type SubgraphNode } from "./subgraph.ts";

/** How many nodes a drawing holds unless told otherwise: what a page shows without scrolling. */
export const DEFAULT_NODE_BUDGET = 60;

/**
 * A subgraph in the making. Everything is named by its index in the scenario's network. Adding a thing twice joins its
 * marks and keeps the smaller depth. A method returns false, and adds nothing, where the budget of nodes is used up
 * or (for edges) an end that the method does not add itself is not drawn.
 */
export interface Drawing {
  item(item: number, depth: number | null, ...marks: readonly Mark[]): boolean;
  firm(firm: number, depth: number | null, ...marks: readonly Mark[]): boolean;
  /** A recorded offer with its provider; its item must be drawn. Provider and edge both get the marks. */
  offer(offer: number, ...marks: readonly Mark[]): boolean;
  /** A requirement edge; for a firm's own recipe the firm is drawn too. Both items must be drawn. */
  requirement(requirement: number, ...marks: readonly Mark[]): boolean;
  /** Position in `Network.variantItem`; class and variant must be drawn. */
  variant(variant: number, ...marks: readonly Mark[]): boolean;
  /** A source of the item that does not exist yet: a node `ghost:` + the item's id; the item must be drawn. */
  ghost(item: number, ...marks: readonly Mark[]): boolean;
  has(item: number): boolean;
  /** Nodes by depth (unknown last), then id; edges by id; marks in the order of `MARKS`. */
  finish(): Subgraph;
}

const MARK_ORDER = Object.keys(MARKS) as readonly Mark[];

/**
 * Starts a drawing of at most `budget` nodes. What holds whatever the question is marked without being told: ASSUMED
 * edges, RESTRICTED offers with their providers, LOCAL firms.
 */
export function createDrawing(scenario: Scenario, budget: number = DEFAULT_NODE_BUDGET): Drawing {
  const { network, policy } = scenario;
  const nodes = new Map<string, { kind: Kind; marks: Set<Mark>; depth: number | null }>();
  const edges = new Map<string, { type: RelationshipType; from: string; to: string; marks: Set<Mark> }>();
  const restricted = restrictedOffers(scenario);

  const node = (id: string, kind: Kind, depth: number | null, marks: readonly Mark[]): boolean => {
    const known = nodes.get(id);
    if (known !== undefined) {
      for (const mark of marks) known.marks.add(mark);
      if (depth !== null && (known.depth === null || depth < known.depth)) known.depth = depth;
      return true;
    }
    if (nodes.size >= budget) return false;
    nodes.set(id, { kind, marks: new Set(marks), depth });
    return true;
  };
  const edge = (id: string, type: RelationshipType, from: string, to: string, marks: readonly Mark[]): boolean => {
    if (!nodes.has(from) || !nodes.has(to)) return false;
    const known = edges.get(id);
    if (known === undefined) edges.set(id, { type, from, to, marks: new Set(marks) });
    else for (const mark of marks) known.marks.add(mark);
    return true;
  };
  const itemId = (item: number): string => network.items[item]!;
  const below = (id: string): number | null => {
    const depth = nodes.get(id)?.depth ?? null;
    return depth === null ? null : depth + 1;
  };
  const firm = (index: number, depth: number | null, ...marks: readonly Mark[]): boolean => {
    const region = network.firmRegion[index] ?? null;
    const local = region !== null && policy.localRegions.includes(region) ? (["LOCAL"] as const) : [];
    return node(network.firms[index]!, "Firm", depth, [...marks, ...local]);
  };

  return {
    item: (item, depth, ...marks) => node(itemId(item), "Product", depth, marks),
    firm,
    offer(offer, ...marks) {
      const item = itemId(network.offerItem[offer]!);
      if (!nodes.has(item)) return false;
      const all = restricted.has(offer) ? [...marks, "RESTRICTED" as const] : marks;
      const seller = network.offerFirm[offer]!;
      const row = network.offerRow[offer]!;
      const provider = seller >= 0 ? network.firms[seller]! : (network.jurisdictionIds[row] ?? null);
      if (provider === null) return false;
      const drawn = seller >= 0 ? firm(seller, below(item), ...all) : node(provider, "Jurisdiction", below(item), all);
      return (
        drawn &&
        edge(
          offerId(network, offer),
          "SUPPLIES",
          provider,
          item,
          network.offerFact.assumed[offer] ? [...all, "ASSUMED"] : all,
        )
      );
    },
    requirement(requirement, ...marks) {
      const input = itemId(network.requirementInput[requirement]!);
      const maker = network.requirementMaker[requirement]!;
      const item = itemId(ownerOf(network.itemRequirements, requirement));
      if (!nodes.has(item) || !nodes.has(input)) return false;
      if (maker >= 0 && !firm(maker, below(item))) return false;
      return edge(
        requirementId(network, requirement),
        "REQUIRES",
        maker >= 0 ? network.firms[maker]! : item,
        input,
        network.requirementFact.assumed[requirement] ? [...marks, "ASSUMED"] : marks,
      );
    },
    variant(variant, ...marks) {
      return edge(
        variantId(network, variant),
        "VARIANT_OF",
        itemId(network.variantItem[variant]!),
        itemId(ownerOf(network.itemVariants, variant)),
        network.variantFact.assumed[variant] ? [...marks, "ASSUMED"] : marks,
      );
    },
    ghost(item, ...marks) {
      const id = itemId(item);
      const ghost = `ghost:${id}`;
      return (
        nodes.has(id) &&
        node(ghost, "Firm", below(id), ["GHOST", ...marks]) &&
        edge(`${ghost}:SUPPLIES:${id}`, "SUPPLIES", ghost, id, ["GHOST", ...marks])
      );
    },
    has: (item) => nodes.has(itemId(item)),
    finish() {
      const drawnNodes: SubgraphNode[] = [...nodes].map(([id, { kind, marks, depth }]) => ({
        id,
        kind,
        marks: inOrder(marks),
        depth,
      }));
      const drawnEdges: SubgraphEdge[] = [...edges].map(([id, { type, from, to, marks }]) => ({
        id,
        type,
        from,
        to,
        marks: inOrder(marks),
      }));
      const last = Number.MAX_SAFE_INTEGER;
      return {
        nodes: drawnNodes.sort((a, b) => (a.depth ?? last) - (b.depth ?? last) || compareText(a.id, b.id)),
        edges: drawnEdges.sort((a, b) => compareText(a.id, b.id)),
      };
    },
  };
}

function restrictedOffers({ units }: Scenario): ReadonlySet<number> {
  const state = UNIT_STATES.indexOf("RESTRICTED");
  const found = new Set<number>();
  for (let unit = 0; unit < units.unitOffer.length; unit++)
    if (units.unitState[unit] === state && units.unitOffer[unit]! >= 0) found.add(units.unitOffer[unit]!);
  return found;
}

function inOrder(marks: ReadonlySet<Mark>): readonly Mark[] {
  return MARK_ORDER.filter((mark) => marks.has(mark));
}
