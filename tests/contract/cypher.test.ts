import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import type { GraphStore, Params } from "../../graph/store/store.ts";
import { describeEachEngine } from "../support/engines.ts";

/**
 * The constructs of Cypher that the queries rely on, each with what it answers on a small graph: two items, three
 * suppliers, one requirement. Add a construct here before using it; what an engine lacks (label expressions, `COLLECT {}`,
 * quantified paths, `SHORTEST`, dynamic labels, full-text procedures) has no place in a query.
 */
const constructs: readonly (readonly [
  name: string,
  text: string,
  params: Params,
  rows: readonly Record<string, unknown>[],
])[] = [
  [
    "labels, type and properties as columns",
    cypher`
      MATCH (firm:Firm {id: $id})-[offer]->(item)
      RETURN labels(firm) AS labels, type(offer) AS type, properties(offer) AS offer, item.id AS item
    `,
    { id: "asml" },
    [{ labels: ["Entity", "Firm"], type: "SUPPLIES", offer: { id: "s1", share: 1 }, item: "euv" }],
  ],
  [
    "the ends of a relationship",
    cypher`MATCH ()-[r:REQUIRES]->() RETURN startNode(r).id AS source, endNode(r).id AS target`,
    {},
    [{ source: "cvd", target: "euv" }],
  ],
  [
    "many ids in one UNWIND, aligned by position",
    cypher`
      UNWIND range(0, size($ids) - 1) AS position
      OPTIONAL MATCH (entity:Entity {id: $ids[position]})
      RETURN position, entity.name AS name
      ORDER BY position
    `,
    { ids: ["asml", "nobody", "euv"] },
    [
      { position: 0, name: "ASML" },
      { position: 1, name: null },
      { position: 2, name: "光刻机" },
    ],
  ],
  [
    "UNWIND of a list of ids without matches",
    cypher`UNWIND $ids AS id MATCH (entity:Entity {id: id}) RETURN entity.id AS id`,
    { ids: [] },
    [],
  ],
  [
    "IN a list",
    cypher`MATCH (entity:Entity) WHERE entity.id IN $ids RETURN entity.id AS id ORDER BY id`,
    { ids: ["tel", "asml", "nobody"] },
    [{ id: "asml" }, { id: "tel" }],
  ],
  [
    "IN a list is unknown where the property is",
    cypher`MATCH (entity:Entity) WHERE NOT entity.country IN $avoid RETURN entity.id AS id ORDER BY id`,
    { avoid: ["US"] },
    [{ id: "asml" }, { id: "tel" }],
  ],
  [
    "a subquery for each row, with its own LIMIT",
    cypher`
      MATCH (item:Product)
      CALL (item) {
        MATCH (firm:Firm)-[offer:SUPPLIES]->(item)
        RETURN firm.id AS firm, offer.share AS share
        ORDER BY coalesce(offer.share, 0.0) DESC, firm.id
        LIMIT $limit
      }
      RETURN item.id AS item, firm, share
      ORDER BY item, firm
    `,
    { limit: 1 },
    [
      { item: "cvd", firm: "amat", share: 0.6 },
      { item: "euv", firm: "asml", share: 1 },
    ],
  ],
  [
    "COUNT {}",
    cypher`MATCH (item:Product) RETURN item.id AS id, COUNT { (item)<-[:SUPPLIES]-() } AS count ORDER BY id`,
    {},
    [
      { id: "cvd", count: 2 },
      { id: "euv", count: 1 },
    ],
  ],
  [
    "EXISTS {}",
    cypher`MATCH (item:Product) WHERE EXISTS { MATCH (item)<-[:SUPPLIES]-(firm) WHERE firm.country = "US" } RETURN item.id AS id`,
    {},
    [{ id: "cvd" }],
  ],
  [
    "NOT EXISTS {}",
    cypher`MATCH (item:Product) WHERE NOT EXISTS { MATCH (item)<-[:SUPPLIES]-(firm) WHERE firm.country = "US" } RETURN item.id AS id`,
    {},
    [{ id: "euv" }],
  ],
  [
    "OPTIONAL MATCH with collect of maps",
    cypher`
      MATCH (item:Product)
      OPTIONAL MATCH (item)-[needs:REQUIRES]->(part)
      RETURN item.id AS id, collect(part.id) AS parts
      ORDER BY id
    `,
    {},
    [
      { id: "cvd", parts: ["euv"] },
      { id: "euv", parts: [] },
    ],
  ],
  [
    "several types, either direction, as a bounded walk",
    cypher`
      MATCH (firm:Entity {id: "amat"})-[:SUPPLIES|REQUIRES*1..3]-(other)
      RETURN DISTINCT other.id AS id
      ORDER BY id
    `,
    {},
    [{ id: "asml" }, { id: "cvd" }, { id: "euv" }, { id: "tel" }],
  ],
  [
    "the nodes and relationships of a path",
    cypher`
      MATCH path = (item:Product {id: "cvd"})-[:REQUIRES*1..3]->(part)
      RETURN [node IN nodes(path) | node.id] AS ids, [r IN relationships(path) | type(r)] AS types, length(path) AS hops
    `,
    {},
    [{ ids: ["cvd", "euv"], types: ["REQUIRES"], hops: 1 }],
  ],
  [
    "labels as predicates",
    cypher`MATCH (entity:Entity) WHERE entity:Product OR entity:Chain RETURN entity.id AS id ORDER BY id`,
    {},
    [{ id: "cvd" }, { id: "euv" }],
  ],
  [
    "CONTAINS every term",
    cypher`
      MATCH (entity:Entity)
      WHERE all(term IN $terms WHERE entity.searchText CONTAINS term)
      RETURN entity.id AS id
      ORDER BY id
    `,
    { terms: ["光刻", "euv"] },
    [{ id: "euv" }],
  ],
  [
    "STARTS WITH and ENDS WITH",
    cypher`MATCH (entity:Entity) WHERE entity.id STARTS WITH "a" AND entity.name ENDS WITH "L" RETURN entity.id AS id`,
    {},
    [{ id: "asml" }],
  ],
  [
    "CASE, coalesce and aggregates by group",
    cypher`
      MATCH (firm:Firm)-[offer:SUPPLIES]->(item)
      RETURN CASE WHEN firm.country = "US" THEN "US" ELSE "other" END AS origin,
        count(*) AS offers, count(offer.share) AS known, sum(coalesce(offer.share, 0.0)) AS share,
        collect(DISTINCT item.id) AS items
      ORDER BY origin
    `,
    {},
    [
      { origin: "US", offers: 1, known: 1, share: 0.6, items: ["cvd"] },
      { origin: "other", offers: 2, known: 1, share: 1, items: expect.arrayContaining(["cvd", "euv"]) },
    ],
  ],
  [
    "WITH, WHERE on an aggregate",
    cypher`
      MATCH (item:Product)<-[:SUPPLIES]-(firm)
      WITH item, count(firm) AS suppliers
      WHERE suppliers = 1
      RETURN item.id AS id
    `,
    {},
    [{ id: "euv" }],
  ],
  [
    "UNION without duplicates",
    cypher`MATCH (n:Firm) WHERE n.country = "NL" RETURN n.id AS id UNION MATCH (n:Firm {id: "asml"}) RETURN n.id AS id`,
    {},
    [{ id: "asml" }],
  ],
  [
    "a page after a key",
    cypher`
      MATCH (entity:Entity)
      WHERE entity.id > $after
      RETURN entity.id AS id
      ORDER BY id
      LIMIT $limit
    `,
    { after: "asml", limit: 2 },
    [{ id: "cvd" }, { id: "euv" }],
  ],
  [
    "a page after a name and an id, as composed filters ask for it",
    cypher`
      MATCH (firm:Firm)
      WHERE firm.name > $name OR (firm.name = $name AND firm.id > $id)
      RETURN firm.id AS id
      ORDER BY firm.name, firm.id
      LIMIT $limit
    `,
    { name: "ASML", id: "asml", limit: 5 },
    [{ id: "amat" }, { id: "tel" }],
  ],
  [
    "nulls last in ascending order, first in descending",
    cypher`MATCH (entity:Entity) RETURN entity.country AS country ORDER BY country`,
    {},
    [{ country: "JP" }, { country: "NL" }, { country: "US" }, { country: null }, { country: null }],
  ],
  [
    "texts sorted by code point",
    cypher`UNWIND ["b", "B", "a", "链", "中", "Z", "_"] AS text RETURN text ORDER BY text`,
    {},
    ["B", "Z", "_", "a", "b", "中", "链"].map((text) => ({ text })),
  ],
  [
    "list comprehension, reduce and all",
    cypher`
      RETURN [x IN $list WHERE x > 1 | x * 2] AS doubled, reduce(sum = 0, x IN $list | sum + x) AS sum,
        all(x IN $list WHERE x > 0) AS positive
    `,
    { list: [1, 2, 3] },
    [{ doubled: [4, 6], sum: 6, positive: true }],
  ],
  [
    "an array property that holds a value",
    cypher`MATCH (firm:Firm) WHERE $alias IN firm.aliases RETURN firm.id AS id`,
    { alias: "应用材料" },
    [{ id: "amat" }],
  ],
];

const anything = z.record(z.string(), z.unknown());

describeEachEngine("The Cypher the queries rely on", ({ open }) => {
  test.for(constructs)("%s", async ([name, text, params, rows]) => {
    await using graph = await openSmallGraph(open);
    expect(await graph.read({ name, text, row: anything }, params)).toStrictEqual(rows);
  });

  test("MERGE on the key, then SET, replaces what a node holds and reports what it created", async () => {
    await using graph = await openSmallGraph(open);
    const text = cypher`
      UNWIND $rows AS row
      MERGE (firm:Entity {id: row.id})
      ON CREATE SET firm.created = true
      SET firm:Firm, firm += row.properties
      RETURN firm.id AS id, coalesce(firm.created, false) AS created, firm.country AS country, firm.name AS name
      ORDER BY id
    `;
    const rows = [
      { id: "asml", properties: { country: "KR", name: null } },
      { id: "new", properties: { country: "CN", name: "新" } },
    ];
    const { result } = await graph.write((tx) => tx.run({ name: "merge", text, row: anything }, { rows }));
    expect(result).toStrictEqual([
      { id: "asml", created: false, country: "KR", name: null },
      { id: "new", created: true, country: "CN", name: "新" },
    ]);
  });

  test("MERGE of a relationship by id between its ends, SET and DELETE", async () => {
    await using graph = await openSmallGraph(open);
    const put = cypher`
      UNWIND $rows AS row
      MATCH (source:Entity {id: row.from})
      MATCH (target:Entity {id: row.to})
      MERGE (source)-[offer:SUPPLIES {id: row.id}]->(target)
      SET offer = row.properties
      SET offer.id = row.id
    `;
    const rows = [
      { id: "s1", from: "asml", to: "euv", properties: { share: 0.9 } },
      { id: "s4", from: "asml", to: "cvd", properties: {} },
    ];
    const remove = cypher`MATCH (source:Entity {id: "tel"})-[offer:SUPPLIES]->() WHERE offer.id = $id DELETE offer`;
    await graph.write(async (tx) => {
      await tx.run({ name: "put", text: put, row: anything }, { rows });
      await tx.run({ name: "remove", text: remove, row: anything }, { id: "s3" });
    });
    const all = cypher`MATCH ()-[offer:SUPPLIES]->() RETURN properties(offer) AS offer ORDER BY offer.id`;
    expect(await graph.read({ name: "all", text: all, row: anything }, {})).toStrictEqual([
      { offer: { id: "s1", share: 0.9 } },
      { offer: { id: "s2", share: 0.6 } },
      { offer: { id: "s4" } },
    ]);
  });

  test("DETACH DELETE takes the relationships along, REMOVE takes a label and a property", async () => {
    await using graph = await openSmallGraph(open);
    await graph.write(async (tx) => {
      const remove = cypher`MATCH (item:Entity {id: "euv"}) DETACH DELETE item`;
      await tx.run({ name: "remove", text: remove, row: anything }, {});
      const strip = cypher`MATCH (firm:Entity {id: "tel"}) REMOVE firm:Firm, firm.country`;
      await tx.run({ name: "strip", text: strip, row: anything }, {});
    });
    const counts = cypher`MATCH (n:Entity) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges`;
    expect(await graph.read({ name: "counts", text: counts, row: anything }, {})).toStrictEqual([
      { nodes: 4, edges: 2 },
    ]);
    const tel = cypher`MATCH (firm:Entity {id: "tel"}) RETURN labels(firm) AS labels, firm.country AS country`;
    expect(await graph.read({ name: "tel", text: tel, row: anything }, {})).toStrictEqual([
      { labels: ["Entity"], country: null },
    ]);
  });
});

async function openSmallGraph(open: () => Promise<GraphStore>): Promise<GraphStore> {
  const graph = await open();
  const text = cypher`
    CREATE (asml:Entity:Firm {id: "asml", name: "ASML", country: "NL"})
    CREATE (amat:Entity:Firm {id: "amat", name: "Applied Materials", country: "US", aliases: ["应用材料", "AMAT"]})
    CREATE (tel:Entity:Firm {id: "tel", name: "Tokyo Electron", country: "JP"})
    CREATE (euv:Entity:Product {id: "euv", name: "光刻机", searchText: "光刻机 euv scanner"})
    CREATE (cvd:Entity:Product {id: "cvd", name: "沉积设备", searchText: "沉积设备 cvd"})
    CREATE (asml)-[:SUPPLIES {id: "s1", share: 1.0}]->(euv)
    CREATE (amat)-[:SUPPLIES {id: "s2", share: 0.6}]->(cvd)
    CREATE (tel)-[:SUPPLIES {id: "s3"}]->(cvd)
    CREATE (cvd)-[:REQUIRES {id: "r1"}]->(euv)
  `;
  await graph.write((tx) => tx.run({ name: "smallGraph", text, row: anything }, {}));
  return graph;
}
