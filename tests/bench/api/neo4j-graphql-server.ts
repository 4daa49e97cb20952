import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { GraphQLSchema } from "graphql";
import type neo4j from "neo4j-driver";
import type { Driver } from "neo4j-driver";
import { NEIGHBORHOOD, SHORTEST_PATH, UPSTREAM } from "./operations.ts";

/**
 * `@neo4j/graphql` behind a graphql-yoga of its own, as a process of its own: `FOLDER URI`, the folder with its packages
 * and the Neo4j. Prints its address. What it has no words for (neighbourhood, path, whole upstream) are `@cypher` fields
 * with the statements that are asked over raw Bolt.
 */
const [folder, uri] = process.argv.slice(2);
const load = createRequire(`${folder}/package.json`);

interface Neo4jGraphQL {
  getSchema(): Promise<GraphQLSchema>;
}
type Library = new (options: { readonly typeDefs: string; readonly driver: Driver }) => Neo4jGraphQL;

const { Neo4jGraphQL: Library } = load("@neo4j/graphql") as { readonly Neo4jGraphQL: Library };
const { createYoga } = load("graphql-yoga") as {
  readonly createYoga: (options: Readonly<Record<string, unknown>>) => RequestListener;
};
const { driver: connect } = load("neo4j-driver") as typeof neo4j;

const near = `${NEIGHBORHOOD.replace("RETURN one.id AS id, inputs", "")}
  RETURN {id: one.id, inputs: [input IN inputs WHERE input[0] IS NOT NULL | input[0]]} AS near`;
const upstream = `${UPSTREAM.replace(/RETURN .*/, "")} WITH item, collect(DISTINCT firm.country) AS countries
  RETURN {id: item.id, countries: countries} AS upstream`;

// A list is what the rows of the statement give.
const shortestPath = SHORTEST_PATH.replace("RETURN [", "UNWIND [").replace("] AS ids", "] AS id RETURN id AS ids");

const typeDefs = `
  type Firm @node {
    id: ID!
    name: String!
    country: String
    region: String
    sourcesFrom: [Firm!]! @relationship(type: "SOURCES_FROM", direction: OUT, properties: "Purchase")
  }
  type Purchase @relationshipProperties { share: Float product: String }
  type Product @node {
    id: ID!
    name: String!
    requires: [Product!]! @relationship(type: "REQUIRES", direction: OUT)
    suppliers: [Firm!]! @relationship(type: "SUPPLIES", direction: IN)
  }
  type Near { id: ID! inputs: [String!]! }
  type Upstream { id: ID! countries: [String!]! }
  type Query {
    neighborhood(id: ID!): [Near!]! @cypher(statement: """${near}""", columnName: "near")
    shortestPath(from: ID!, to: ID!): [String!] @cypher(statement: """${shortestPath}""", columnName: "ids")
    upstream(id: ID!): [Upstream!]! @cypher(statement: """${upstream}""", columnName: "upstream")
  }
`;

const driver = connect(uri!, undefined, { disableLosslessIntegers: false });
const schema = await new Library({ typeDefs, driver }).getSchema();
const yoga = createYoga({ schema, logging: "error", graphiql: false });
const server = createServer(yoga).listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
