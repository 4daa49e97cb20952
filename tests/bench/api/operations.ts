import { chance, FIRMS, firmId, INDUSTRY, ITEMS, itemId } from "./supplied-graph.ts";

type Variables = Readonly<Record<string, unknown>>;
type Data = Readonly<Record<string, unknown>>;

/** One side's way to ask a question, and its answer in the form in which all sides are compared. */
interface Way<Answer> {
  readonly text: string;
  readonly answer: (given: Answer) => unknown;
}

/** A question that all sides are asked. */
export interface Operation {
  readonly title: string;
  /** What it is asked about, differing from turn to turn. */
  readonly variables: (turn: number) => Variables;
  readonly ours: Way<Data>;
  /** Hand-written Cypher over Bolt: rows by column. */
  readonly raw: Way<readonly Data[]>;
  /** By `@neo4j/graphql`; `typeDefs` of `neo4j-graphql-server.ts`. */
  readonly theirs: Way<Data>;
}

export const NEIGHBORHOOD = `
  MATCH (:Product {id: $id})-[:REQUIRES*0..3]-(near:Product)
  WITH collect(DISTINCT near) AS found
  UNWIND found AS one
  OPTIONAL MATCH (one)-[requires:REQUIRES]->(other)
  WHERE other IN found
  WITH one, collect([requires.id, other.id]) AS inputs
  RETURN one.id AS id, inputs`;

export const SHORTEST_PATH = `
  MATCH (from:Product {id: $from}), (to:Product {id: $to})
  MATCH path = shortestPath((from)-[:REQUIRES*..6]-(to))
  RETURN [node IN nodes(path) | node.id] AS ids`;

export const UPSTREAM = `
  MATCH (:Product {id: $id})-[:REQUIRES*0..]->(item:Product)
  WITH DISTINCT item
  OPTIONAL MATCH (item)<-[:SUPPLIES]-(firm:Firm)
  RETURN item.id AS id, collect(DISTINCT firm.country) AS countries`;

const byId = (turn: number): Variables => ({ id: firmId(Math.floor(FIRMS * chance(turn, 20))) });
const item = (turn: number): Variables => ({ id: itemId(Math.floor(ITEMS * chance(turn, 21))) });
const ends = (turn: number): Variables => {
  const from = Math.floor(ITEMS * chance(turn, 22));
  const industry = from - (from % INDUSTRY);
  return { from: itemId(from), to: itemId(industry + ((from - industry + 100) % INDUSTRY)) };
};

export const OPERATIONS: readonly Operation[] = [
  {
    title: "a firm by id",
    variables: byId,
    ours: {
      text: "query ($id: ID!) { node(id: $id) { id ... on Firm { name country region } } }",
      answer: (data) => data["node"],
    },
    raw: {
      text: "MATCH (firm:Entity {id: $id}) RETURN firm.id AS id, firm.name AS name, firm.country AS country, firm.region AS region",
      answer: ([row]) => row,
    },
    theirs: {
      text: "query ($id: ID!) { firms(where: { id: { eq: $id } }) { id name country region } }",
      answer: (data) => (data["firms"] as readonly unknown[])[0],
    },
  },
  {
    title: "50 firms with their suppliers",
    variables: () => ({}),
    ours: {
      text: "{ firms(first: 50) { nodes { id name sourcesFrom(first: 20) { edges { share node { id name country } } } } } }",
      answer: (data) => {
        const { nodes } = data["firms"] as { readonly nodes: readonly Buyer[] };
        return nodes.map(({ id, name, sourcesFrom }) => ({
          ...{ id, name },
          suppliers: sourcesFrom!.edges.map(({ share, node }) => [share, node.id, node.name, node.country]),
        }));
      },
    },
    raw: {
      text: `
        MATCH (firm:Firm) WHERE firm.id > ""
        WITH firm ORDER BY firm.id LIMIT 50
        OPTIONAL MATCH (firm)-[buys:SOURCES_FROM]->(supplier:Firm)
        WITH firm, buys, supplier ORDER BY supplier.id
        RETURN firm.id AS id, firm.name AS name,
               collect([buys.share, supplier.id, supplier.name, supplier.country]) AS suppliers
        ORDER BY id`,
      answer: (rows) =>
        rows.map(({ id, name, suppliers }) => ({
          ...{ id, name },
          suppliers: (suppliers as readonly (readonly unknown[])[]).filter((each) => each[1] !== null),
        })),
    },
    theirs: {
      text: `{ firms(limit: 50, sort: [{ id: ASC }]) { id name
        sourcesFromConnection(first: 20, sort: [{ node: { id: ASC } }]) { edges { properties { share } node { id name country } } } } }`,
      answer: (data) =>
        (data["firms"] as readonly Buyer[]).map(({ id, name, sourcesFromConnection }) => ({
          ...{ id, name },
          suppliers: sourcesFromConnection!.edges.map(({ properties, node }) => [
            ...[properties.share, node.id],
            ...[node.name, node.country],
          ]),
        })),
    },
  },
  {
    title: "a 3-hop neighbourhood",
    variables: item,
    ours: {
      text: `query ($id: ID!) { neighborhood(id: $id, depth: 3, types: [REQUIRES], first: 1000) {
        truncated subgraph { nodes { id } edges { id } } } }`,
      answer: (data) => {
        const { truncated, subgraph } = data["neighborhood"] as Near;
        return { truncated, nodes: ids(subgraph.nodes), edges: ids(subgraph.edges) };
      },
    },
    raw: { text: NEIGHBORHOOD, answer: (rows) => nearOf(rows) },
    theirs: {
      text: "query ($id: ID!) { neighborhood(id: $id) { id inputs } }",
      answer: (data) =>
        nearOf(
          (data["neighborhood"] as readonly { readonly id: string; readonly inputs: readonly string[] }[]).map(
            ({ id, inputs }) => ({ id, inputs: inputs.map((input) => [input]) }),
          ),
        ),
    },
  },
  {
    title: "a shortest path",
    variables: ends,
    ours: {
      text: `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: 6, types: [REQUIRES], first: 1) {
        paths { nodes { id } } } }`,
      answer: (data) => {
        const { paths } = data["paths"] as { readonly paths: readonly { readonly nodes: readonly unknown[] }[] };
        return paths[0]?.nodes.length;
      },
    },
    raw: { text: SHORTEST_PATH, answer: ([row]) => (row?.["ids"] as readonly string[] | undefined)?.length },
    theirs: {
      text: "query ($from: ID!, $to: ID!) { shortestPath(from: $from, to: $to) }",
      answer: (data) => (data["shortestPath"] as readonly string[] | null)?.length,
    },
  },
  {
    title: "a product's whole upstream with its producers' countries",
    variables: item,
    ours: {
      text: "query ($id: ID!) { closure(target: $id, first: 1000) { items { item { id } jurisdictions } } }",
      answer: (data) => {
        const { items } = data["closure"] as { readonly items: readonly Supplied[] };
        return supplied(items.map(({ item, jurisdictions }) => [item.id, jurisdictions]));
      },
    },
    raw: {
      text: UPSTREAM,
      answer: (rows) => supplied(rows.map(({ id, countries }) => [String(id), countries as readonly string[]])),
    },
    theirs: {
      text: "query ($id: ID!) { upstream(id: $id) { id countries } }",
      answer: (data) =>
        supplied(
          (data["upstream"] as readonly { readonly id: string; readonly countries: readonly string[] }[]).map(
            ({ id, countries }) => [id, countries],
          ),
        ),
    },
  },
];

interface Named {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

interface Buyer {
  readonly id: string;
  readonly name: string;
  readonly sourcesFrom?: { readonly edges: readonly { readonly share: number; readonly node: Named }[] };
  readonly sourcesFromConnection?: {
    readonly edges: readonly { readonly properties: { readonly share: number }; readonly node: Named }[];
  };
}

interface Near {
  readonly truncated: boolean;
  readonly subgraph: { readonly nodes: readonly Pick<Named, "id">[]; readonly edges: readonly Pick<Named, "id">[] };
}

interface Supplied {
  readonly item: Pick<Named, "id">;
  readonly jurisdictions: readonly string[];
}

function ids(entries: readonly Pick<Named, "id">[]): string[] {
  return entries.map(({ id }) => id).sort();
}

function nearOf(rows: readonly Data[]): unknown {
  const edges = rows.flatMap(({ inputs }) => (inputs as readonly (readonly (string | null)[])[]).map(([id]) => id!));
  return {
    truncated: false,
    nodes: rows.map(({ id }) => String(id)).sort(),
    edges: edges.filter((id) => id !== null).sort(),
  };
}

function supplied(rows: readonly (readonly [item: string, countries: readonly string[]])[]): unknown {
  return rows.map(([item, countries]) => [item, ...[...countries].sort()].join(" ")).sort();
}
