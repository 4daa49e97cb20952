import { type FieldNode, type GraphQLResolveInfo, Kind as Syntax } from "graphql";
import { KIND_NAMES, propertiesOfKind, propertiesOfRelationship, RELATIONSHIP_TYPES } from "../../graph/ontology.ts";
import type { Asked } from "../../graph/queries/asked.ts";

/** The fields asked of a field's answer, by name, fragments gone into; whether `@skip` leaves one out is not looked at. */
export function selectedFields({
  fieldNodes,
  fragments,
}: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (selectionSet: FieldNode["selectionSet"]): void => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Syntax.FIELD) {
        const named = fields.get(selection.name.value);
        if (named === undefined) fields.set(selection.name.value, [selection]);
        else named.push(selection);
      } else if (selection.kind === Syntax.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  for (const node of fieldNodes) collect(node.selectionSet);
  return fields;
}

/** Which properties a connection is asked for, of its nodes and of its edges, each list in one order. */
export function propertiesAsked(connection: Connection): Asked {
  return askedOf(connection).properties;
}

/** The fields that a connection is asked for of its nodes. */
export function fieldsOfNodes(connection: Connection): ReadonlyMap<string, readonly FieldNode[]> {
  return askedOf(connection).ofNodes;
}

/** Whether a connection to neighbours is asked for anything that takes the ids of its relationships, as cursors do. */
export function namesRelationships(connection: Connection): boolean {
  return askedOf(connection).namesRelationships;
}

type Connection = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">;
type AskedOfConnection = ReturnType<typeof readConnection>;

/** By the place in the document: documents are kept, and what is asked again and again is read once. */
const askedBefore = new WeakMap<FieldNode, AskedOfConnection>();

function askedOf(connection: Connection): AskedOfConnection {
  const [place, ...others] = connection.fieldNodes;
  if (others.length > 0) return readConnection(connection);
  const before = askedBefore.get(place!);
  if (before !== undefined) return before;
  const asked = readConnection(connection);
  askedBefore.set(place!, asked);
  return asked;
}

function readConnection({ fieldNodes, fragments }: Connection) {
  const ofConnection = selectedFields({ fieldNodes, fragments });
  const ofEdges = selectedFields({ fieldNodes: ofConnection.get("edges") ?? [], fragments });
  const nodes = [...(ofConnection.get("nodes") ?? []), ...(ofEdges.get("node") ?? [])];
  const ofNodes = selectedFields({ fieldNodes: nodes, fragments });
  const properties: Asked = { node: known(ofNodes.keys(), OF_NODES), edge: known(ofEdges.keys(), OF_EDGES) };
  const namesRelationships =
    [...ofConnection.keys()].some((name) => !WITHOUT_IDS.has(name)) ||
    [...ofEdges.keys()].some((name) => !(OF_EDGES.has(name) || WITHOUT_IDS.has(name)));
  return { ofNodes, properties, namesRelationships };
}

const RECORDED = ["sources", "updatedAt", "version"];
const OF_NODES: ReadonlySet<string> = new Set([
  ...RECORDED,
  ...KIND_NAMES.flatMap((kind) => Object.keys(propertiesOfKind(kind))),
]);
const OF_EDGES: ReadonlySet<string> = new Set([
  ...RECORDED,
  ...RELATIONSHIP_TYPES.flatMap((type) => Object.keys(propertiesOfRelationship(type))),
]);

/** What a connection to neighbours and its edges tell, their properties apart, without the ids of relationships. */
const WITHOUT_IDS: ReadonlySet<string> = new Set(["edges", "node", "nodes", "totalCount", "counts", "__typename"]);

function known(names: Iterable<string>, properties: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => properties.has(name)).sort();
}
