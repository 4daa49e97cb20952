import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { type Api, openApi } from "../../support/api.ts";
import { describeEachEngine } from "../../support/engines.ts";
import {
  holdsOn,
  type Neighbor,
  neighborMeets,
  neighborsOf,
  nodeMeets,
  type Sorting,
  STEPS,
  sorted,
  type TestGraph,
} from "../../support/list-oracle.ts";
import { days, graphs, neighborWheres, sortings, wheres } from "../../support/random-lists.ts";

const SEED = Number(process.env["LIANTU_SEED"] ?? 1190);
/** A graph for a few dozen questions each: writing one costs more than asking. */
const RUNS = { numRuns: Math.ceil(Number(process.env["LIANTU_RUNS"] ?? 200) / 100), seed: SEED };
/** Neo4j plans each of a question's statements for half a second. */
const QUESTIONS = { embedded: 12, neo4j: 5 } as const;

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly id?: string; readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly counts: readonly { readonly value: string | null; readonly count: number }[];
}
const INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount";

describeEachEngine("lists", (engine) => {
  const many = QUESTIONS[engine.name];
  let api: Api;
  beforeAll(async () => {
    api = openApi(await engine.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const LISTS = { Firm: "firms", Product: "products", Entity: "entities" } as const;
  const questions = fc.constantFrom("Firm" as const, "Product" as const, "Entity" as const).chain((scope) =>
    fc.record({
      scope: fc.constant(scope),
      where: wheres(scope, 3),
      order: sortings(scope),
      size: fc.integer({ min: 1, max: 6 }),
      asOf: days,
    }),
  );

  test("of entities hold what an oracle finds, in its order, forwards and backwards", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.array(questions, { minLength: many, maxLength: many }), async (graph, asked) => {
        await write(api.store, graph);
        for (const { scope, where, order, size, asOf } of asked) {
          const found = graph.nodes.filter(
            (node) =>
              (scope === "Entity" || node.kind === scope) &&
              holdsOn(node.properties, asOf) &&
              nodeMeets(graph, node, where, asOf),
          );
          const expected = sorted(
            found.map((node) => ({ node })),
            order,
          ).map(({ node }) => node.id);
          const orderBy = order.map(({ property, direction }) => ({ field: upper(property), direction }));
          const ask = async (page: object): Promise<Page> => {
            const query = `query ($where: ${scope}Where, $orderBy: [${scope}Order!], $asOf: String, $first: Int, $after: String, $last: Int, $before: String) {
              list: ${LISTS[scope]}(where: $where, orderBy: $orderBy, asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
                ${INFO} edges { cursor node { id } } counts(by: ${scope === "Product" ? "CATEGORY" : "COUNTRY"}) { value count } } }`;
            return answered(await api.ask(query, { where, orderBy, asOf, ...page }));
          };
          await expectPages(ask, expected, size);
          const grouped = (await ask({})).counts;
          const property = scope === "Product" ? "category" : "country";
          expect(grouped).toStrictEqual(groupsOf(found.map((node) => node.properties[property] ?? null)));
        }
      }),
      RUNS,
    );
  });

  const FIELDS = [
    ["Firm", "products", "Product", "CATEGORY", "category"],
    ["Firm", "owns", "Firm", "COUNTRY", "country"],
    ["Product", "suppliers", "Entity", "KIND", "kind"],
    ["Product", "requires", "Product", "CATEGORY", "category"],
  ] as const;
  const neighborQuestions = fc.constantFrom(...FIELDS).chain(([kind, field, other, group, property]) => {
    const type = STEPS[field]!.type as "SUPPLIES" | "OWNS" | "REQUIRES";
    return fc.record({
      kind: fc.constant(kind),
      field: fc.constant(field),
      group: fc.constant([group, property] as const),
      inputs: fc.constant(`${type[0]}${type.slice(1).toLowerCase()}${other}`),
      where: neighborWheres(field, other, 2),
      order: sortings(other, type),
      size: fc.integer({ min: 1, max: 4 }),
      asOf: days,
    });
  });

  test("of neighbours hold what an oracle finds, in its order, forwards and backwards", async () => {
    await fc.assert(
      fc.asyncProperty(
        graphs,
        fc.array(neighborQuestions, { minLength: many, maxLength: many }),
        async (graph, asked) => {
          await write(api.store, graph);
          for (const { kind, field, group, inputs, where, order, size, asOf } of asked) {
            const sources = graph.nodes.filter((node) => node.kind === kind).map(({ id }) => id);
            const orderBy = order.map(({ on, property, direction }: Sorting) => ({ [on]: upper(property), direction }));
            const neighbors = `list: ${field}(where: $where, orderBy: $orderBy, asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
                ${INFO} edges { id cursor node { id name } } counts(node: ${group[0]}) { value count } }`;
            const given = `$where: ${inputs}Where, $orderBy: [${inputs}Order!], $asOf: String, $first: Int, $after: String, $last: Int, $before: String`;
            const ask = async (page: object): Promise<Page[]> => {
              const query = `query ($ids: [ID!]!, ${given}) { list: nodes(ids: $ids) { ... on ${kind} { ${neighbors} } } }`;
              const rows: { list: Page }[] = answered(
                await api.ask(query, { ids: sources, where, orderBy, asOf, ...page }),
              );
              return rows.map(({ list }) => list);
            };
            const pages = await ask({ first: size });
            // Read along with the entities of a list they are the same as read for these.
            for (const page of [{ first: size }, { last: size }]) {
              const query = `query (${given}) { list: ${LISTS[kind]}(first: 40) { nodes { id ${neighbors} } } }`;
              const along: { nodes: { id: string; list: Page }[] } = answered(
                await api.ask(query, { where, orderBy, asOf, ...page }),
              );
              const expected = await ask(page);
              expect(along.nodes.map(({ id, list }) => [id, list])).toStrictEqual(
                sources.map((id, at): [string, Page] => [id, expected[at]!]).sort(([a], [b]) => (a < b ? -1 : 1)),
              );
            }
            for (const [at, source] of sources.entries()) {
              const found = neighborsOf(graph, source, field, asOf).filter((one) =>
                neighborMeets(graph, one, where, asOf),
              );
              const expected = sorted(found, order);
              expect(pages[at]!.edges.map(({ id }) => id)).toStrictEqual(
                expected.slice(0, size).map(({ edge }) => edge.id),
              );
              expect(pages[at]!.totalCount).toBe(expected.length);
              const value = ({ node }: Neighbor) =>
                group[1] === "kind" ? node.kind : (node.properties[group[1]] ?? null);
              expect(pages[at]!.counts).toStrictEqual(groupsOf(found.map(value)));
            }
            const [source] = sources;
            const found = neighborsOf(graph, source!, field, asOf).filter((one) =>
              neighborMeets(graph, one, where, asOf),
            );
            const one = async (page: object): Promise<Page> => (await ask(page))[0]!;
            await expectPages(
              one,
              sorted(found, order).map(({ edge }) => edge.id),
              size,
            );
          }
        },
      ),
      RUNS,
    );
  });

  test("of neighbours in a list are answered each by itself where they cannot be read along with it", async () => {
    const firms = ["a", "b", "c"].map((id) => ({ id, kind: "Firm" as const, properties: { name: id } }));
    const edges = [
      { id: "a:b", type: "OWNS" as const, from: "a", to: "b", properties: {} },
      { id: "a:c", type: "OWNS" as const, from: "a", to: "c", properties: {} },
    ];
    await write(api.store, { nodes: firms, edges });
    const first = async (fields: string): Promise<unknown> => {
      const list: { nodes: unknown[] } = answered(await api.ask(`{ list: firms(first: 1) { nodes { ${fields} } } }`));
      return list.nodes[0];
    };
    const [one, other] = [{ nodes: [{ id: "b" }] }, { nodes: [{ name: "c" }] }];
    expect(await first(`one: owns(first: 1) { nodes { id } } other: owns(last: 1) { nodes { name } }`)).toStrictEqual({
      one,
      other,
    });
    expect(
      await first(`one: owns(first: 1) { nodes { id } } other: owns @skip(if: true) { totalCount }`),
    ).toStrictEqual({ one });
    const refused = (where: string): string => `{ firms(${where}) { nodes { id owns(first: 0) { totalCount } } } }`;
    const { errors } = await api.ask(refused("first: 1"));
    expect(errors?.map(({ message }) => message)).toStrictEqual(["`first` must be between 1 and 1000; it is 0."]);
    expect((await api.ask(refused(`where: {id: {eq: "nobody"}}`))).errors).toBeUndefined();
  });

  test("of neighbours are in the same order whether or not the relationships' ids are asked for", async () => {
    const firms = ["a", "b", "c", "d"].map((id) => ({ id, kind: "Firm" as const, properties: { name: id } }));
    const owns = (id: string, to: string, stake: number) => {
      return { id, type: "OWNS" as const, from: "a", to, properties: { stake } };
    };
    // Written out of order: of three stakes in one firm only the ids say which comes first.
    const edges = [owns("3", "c", 0.1), owns("1", "c", 0.3), owns("2", "c", 0.2), owns("4", "b", 0.4)];
    await write(api.store, { nodes: firms, edges: [...edges, { ...owns("5", "a", 0.5), from: "d" }] });
    for (const page of ["first: 2", "first: 3", "first: 9", "last: 1", "last: 2"]) {
      const stakes = async (fields: string): Promise<unknown> => {
        const query = `{ list: firms(first: 9) { nodes { owns(${page}) { edges { stake node { id } ${fields} } } } } }`;
        const list: { nodes: { owns: { edges: { stake: number; node: { id: string } }[] } }[] } = answered(
          await api.ask(query),
        );
        return list.nodes.map(({ owns }) => owns.edges.map(({ stake, node }) => [stake, node.id]));
      };
      expect(await stakes("")).toStrictEqual(await stakes("id"));
    }
    // Asked for in one place and not in another: each gets its own.
    const { data, errors } = await api.ask(`{
      one: firms(first: 9) { nodes { owns(first: 9) { nodes { id } } } }
      other: node(id: "d") { ... on Firm { owns(first: 9) { edges { id } nodes { id } } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty("other.owns.edges", [{ id: "5" }]);
  });

  test("go on behind the cursor, whatever is written meanwhile", async () => {
    const firm = (id: string, name: string) => ({ id, kind: "Firm", properties: { name } });
    const nodes = [firm("a", "1"), firm("b", "2"), firm("c", "3"), firm("d", "4"), firm("e", "5")];
    await write(api.store, { nodes, edges: [] });
    const page = async (after: string | null): Promise<Page> =>
      answered(
        await api.ask(
          `query ($after: String) { list: firms(orderBy: [{field: NAME}], first: 2, after: $after) { ${INFO} edges { cursor node { id } } } }`,
          { after },
        ),
      );
    const first = await page(null);
    await write(api.store, {
      nodes: [firm("z", "0"), ...nodes.filter(({ id }) => id !== "b"), firm("y", "35")],
      edges: [],
    });
    const second = await page(first.pageInfo.endCursor);
    const third = await page(second.pageInfo.endCursor);
    const ids = [first, second, third].flatMap(({ edges }) => edges.map(({ node }) => node.id));
    expect(ids).toStrictEqual(["a", "b", "c", "y", "d", "e"]);
  });

  test("count a value that is not known as a group of its own", async () => {
    const firm = (id: string, country?: string) => ({
      id,
      kind: "Firm",
      properties: { name: id, ...(country && { country }) },
    });
    const supply = (from: string, readiness?: string) => ({
      id: `${from}-x`,
      type: "SUPPLIES",
      from,
      to: "x",
      properties: readiness === undefined ? {} : { readiness },
    });
    const product = { id: "x", kind: "Product", properties: { name: "x", category: "PART", elementary: true } };
    await write(api.store, {
      nodes: [firm("a", "CN"), firm("b", "CN"), firm("c"), product],
      edges: [supply("a", "SAMPLE"), supply("b"), supply("c")],
    });
    const { data } = await api.ask(`{
      firms { counts(by: COUNTRY) { value count } }
      products { counts(by: ELEMENTARY) { value count } nodes { suppliers { counts(edge: READINESS) { value count } } } }
      entities { counts(by: KIND, first: 1) { value count } }
    }`);
    expect(data).toStrictEqual({
      firms: {
        counts: [
          { value: "CN", count: 2 },
          { value: null, count: 1 },
        ],
      },
      products: {
        counts: [{ value: "true", count: 1 }],
        nodes: [
          {
            suppliers: {
              counts: [
                { value: null, count: 2 },
                { value: "SAMPLE", count: 1 },
              ],
            },
          },
        ],
      },
      entities: { counts: [{ value: "Firm", count: 3 }] },
    });
  });

  test("compare dates by the year, month or day that is named", async () => {
    const at = ["2023-12-31", "2024", "2024-01", "2024-01-01", "2024-06-30", "2024-12-31", "2025", "2025-01-02"];
    const nodes = at.map((date) => ({
      id: `s-${date}`,
      kind: "Source",
      properties: { name: date, title: date, date },
    }));
    await write(api.store, { nodes, edges: [] });
    const found = async (date: object): Promise<string[]> => {
      const list: Page = answered(
        await api.ask(`query ($date: DateFilter) { list: sources(where: {date: $date}) { edges { node { id } } } }`, {
          date,
        }),
      );
      return list.edges.map(({ node }) => node.id.slice(2));
    };
    expect(await found({ lt: "2024-01-01" })).toStrictEqual(at.slice(0, 1));
    expect(await found({ gte: "2024" })).toStrictEqual(at.slice(1));
    expect(await found({ gte: "2024-01-01" })).toStrictEqual(at.slice(1));
    expect(await found({ gt: "2024-01" })).toStrictEqual(at.slice(4));
    expect(await found({ lte: "2024-06" })).toStrictEqual(at.slice(0, 5));
    expect(await found({ gt: "2024" })).toStrictEqual(at.slice(6));
  });

  const deep = (levels: number): object => (levels === 0 ? {} : { NOT: deep(levels - 1) });
  const REFUSED = [
    [
      "another order's cursor",
      "orderBy: [{field: NAME}]",
      { after: 0 },
      /`after` is a cursor of this list under another `orderBy`/,
    ],
    ["a null", "", { where: { country: { eq: null } } }, /`where\.country\.eq` is null: .*isNull: true/],
    ["six levels", "", { where: deep(6) }, /nests deeper than 5 levels/],
    [
      "51 conditions",
      "",
      { where: { OR: Array.from({ length: 51 }, () => ({ id: { eq: "a" } })) } },
      /more than 50 conditions/,
    ],
    [
      "1,001 values",
      "",
      { where: { id: { in: Array.from({ length: 1001 }, String) } } },
      /`where\.id\.in` has 1001 values/,
    ],
    ["a date that is none", "", { where: { validFrom: { gt: "soon" } } }, /`where\.validFrom\.gt` takes a date/],
    ["a day that is none", `asOf: "2024-02-30"`, {}, /`asOf` takes a day/],
    ["both ends", "first: 1, last: 1", {}, /`first` or `last`, not both/],
    ["six keys", `orderBy: [${"{field: NAME} ".repeat(6)}]`, {}, /at most 5 properties/],
  ] as const;
  test.for(REFUSED)("refuse %s", async ([, args, variables, message]) => {
    await write(api.store, { nodes: [{ id: "a", kind: "Firm", properties: { name: "a" } }], edges: [] });
    const other = `orderBy: [{field: NAME, direction: DESC}]`;
    const list: Page = answered(await api.ask(`{ list: firms(${other}) { ${INFO} } }`));
    const given = "after" in variables ? { after: list.pageInfo.endCursor } : variables;
    const query = `query ($where: FirmWhere, $after: String) { firms(where: $where, after: $after ${args}) { totalCount } }`;
    const { status, errors } = await api.ask(query, given);
    expect([status, errors?.[0]?.extensions.code]).toStrictEqual([400, "BAD_USER_INPUT"]);
    expect(errors?.[0]?.message).toMatch(message);
  });

  test.each([
    [["x"]],
    [["a", 1]],
    [[{}, "a", "node.name ASC"]],
    [[null, null, "node.name ASC"]],
    [["a", "b", "c", "node.name ASC"]],
  ])("refuse the made-up cursor %j", async (key) => {
    const after = Buffer.from(JSON.stringify(key)).toString("base64url");
    const { errors } = await api.ask(
      `query ($after: String) { firms(orderBy: [{field: NAME}], after: $after) { totalCount } }`,
      { after },
    );
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

/** All pages, from either end, are the expected ids in their order; each says truly whether the list goes on. */
async function expectPages(ask: (page: object) => Promise<Page>, expected: readonly string[], size: number) {
  for (const forward of [true, false]) {
    const pages: string[][] = [];
    let cursor: string | null = null;
    let goesOn = true;
    while (goesOn) {
      const page: Page = await ask(forward ? { first: size, after: cursor } : { last: size, before: cursor });
      expect(page.totalCount).toBe(expected.length);
      pages.push(page.edges.map(({ id, node }) => id ?? node.id));
      goesOn = forward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
      cursor = forward ? page.pageInfo.endCursor : page.pageInfo.startCursor;
    }
    expect((forward ? pages : pages.reverse()).flat()).toStrictEqual(expected);
    expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / size)));
  }
}

function groupsOf(values: readonly unknown[]): { value: string | null; count: number }[] {
  return [...new Set(values)]
    .map((value) => ({ value: value as string | null, count: values.filter((one) => one === value).length }))
    .sort((a, b) => b.count - a.count || (a.value === null ? 1 : b.value === null ? -1 : a.value < b.value ? -1 : 1));
}

function upper(property: string): string {
  return property.replaceAll(/[A-Z]/g, "_$&").toUpperCase();
}

function answered<Answer>({ data, errors }: { readonly data: never; readonly errors?: unknown }): Answer {
  expect(errors).toBeUndefined();
  return (data as { readonly list: Answer }).list;
}

/** Makes the store hold this graph and nothing else, and the ontology's checks left aside: gaps are what is tried. */
async function write(store: GraphStore, { nodes, edges }: TestGraph): Promise<void> {
  const row = z.unknown();
  const common = { dataset: "test", assertion: "STATED" };
  await store.write(async (tx) => {
    await tx.run({ name: "clear", row, text: cypher`MATCH (entity:Entity) DETACH DELETE entity` }, {});
    for (const [kind, text] of Object.entries(CREATE_NODES)) {
      const rows = nodes
        .filter((node) => node.kind === kind)
        .map(({ id, properties }) => ({ ...properties, ...common, id }));
      await tx.run({ name: "nodes", row, text }, { rows });
    }
    for (const [type, text] of Object.entries(CREATE_EDGES)) {
      const rows = edges
        .filter((edge) => edge.type === type)
        .map(({ id, from, to, properties }) => ({ from, to, properties: { ...properties, ...common, id } }));
      await tx.run({ name: "edges", row, text }, { rows });
    }
  });
}

const CREATE_NODES: Readonly<Record<string, string>> = {
  Firm: cypher`UNWIND $rows AS row CREATE (entity:Entity:Firm {id: row.id}) SET entity += row`,
  Product: cypher`UNWIND $rows AS row CREATE (entity:Entity:Product {id: row.id}) SET entity += row`,
  Source: cypher`UNWIND $rows AS row CREATE (entity:Entity:Source {id: row.id}) SET entity += row`,
};
const CREATE_EDGES: Readonly<Record<string, string>> = {
  SUPPLIES: cypher`
    UNWIND $rows AS row MATCH (source:Entity {id: row.from}) MATCH (target:Entity {id: row.to})
    CREATE (source)-[edge:SUPPLIES {id: row.properties.id}]->(target) SET edge += row.properties`,
  OWNS: cypher`
    UNWIND $rows AS row MATCH (source:Entity {id: row.from}) MATCH (target:Entity {id: row.to})
    CREATE (source)-[edge:OWNS {id: row.properties.id}]->(target) SET edge += row.properties`,
  REQUIRES: cypher`
    UNWIND $rows AS row MATCH (source:Entity {id: row.from}) MATCH (target:Entity {id: row.to})
    CREATE (source)-[edge:REQUIRES {id: row.properties.id}]->(target) SET edge += row.properties`,
};
