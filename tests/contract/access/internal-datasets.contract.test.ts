import { readdirSync, readFileSync } from "node:fs";
import { Kind, parse } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDatasets } from "../../../graph/formats/datasets.ts";
import { markDataset, withdrawDataset } from "../../../graph/import/datasets.ts";
import { ingest, packNew, writeNew } from "../../../graph/import/ingest.ts";
import { KIND_NAMES, neighborFields } from "../../../graph/ontology.ts";
import { readVersion } from "../../../graph/projection/load.ts";
import type { RecordBatch } from "../../../graph/records.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { type Access, createAccess } from "../../../server/access/access.ts";
import { createKey } from "../../../server/access/api-keys.ts";
import { OPEN, PUBLIC_READER } from "../../../server/access/caller.ts";
import { RULES } from "../../../server/access/rules.ts";
import { listName } from "../../../server/schema/names.ts";
import { type Api, openApi } from "../../support/api.ts";
import { describeEachEngine, type Engine, embedded } from "../../support/engines.ts";

const SECRET = "secret";
/** Asked about by name in the stored queries. */
const ASKED = ["firm-jinhua", "firm-sanan"];
const EVERYTHING = { "x-sees": "everything" };
const seeds = ["quanzhou", "reference"].map((name) => new URL(`../../../seeds/${name}`, import.meta.url).pathname);
const queries = new URL("../queries/", import.meta.url);

/** Whether chance puts a record among the internal ones: about every eighth, the same for the same id. */
function isDrawn(id: string): boolean {
  let hash = 7;
  for (const sign of id) hash = (hash * 31 + sign.codePointAt(0)!) % 10_007;
  return hash % 8 === 0 && !ASKED.includes(id);
}

interface Records {
  readonly all: RecordBatch;
  readonly shown: RecordBatch;
  readonly hiddenIds: readonly string[];
}

/** The seeds, of which a part is of an internal data set, and what is left where that part never was. */
async function drawnRecords(): Promise<Records> {
  const { batch } = await readDatasets(seeds);
  const marked = <
    Item extends { readonly id: string; readonly properties: RecordBatch["entities"][number]["properties"] },
  >(
    item: Item,
  ): Item => (isDrawn(item.id) ? { ...item, properties: { ...item.properties, dataset: SECRET } } : item);
  const all = { entities: batch.entities.map(marked), relationships: batch.relationships.map(marked) };
  const hidden = new Set(all.entities.filter(({ id }) => isDrawn(id)).map(({ id }) => id));
  const withoutSources = <Item extends { readonly properties: RecordBatch["entities"][number]["properties"] }>(
    item: Item,
  ): Item => {
    const { sources } = item.properties;
    if (!Array.isArray(sources)) return item;
    return { ...item, properties: { ...item.properties, sources: sources.filter((id) => !hidden.has(id)) } };
  };
  const edges = all.relationships.filter(
    ({ id, from, to, properties: { product } }) =>
      !isDrawn(id) && !hidden.has(from) && !hidden.has(to) && !(typeof product === "string" && hidden.has(product)),
  );
  const shownEdges = new Set(edges.map(({ id }) => id));
  return {
    all,
    shown: {
      entities: all.entities.filter(({ id }) => !hidden.has(id)).map(withoutSources),
      relationships: edges.map(withoutSources),
    },
    hiddenIds: [...hidden, ...all.relationships.map(({ id }) => id).filter((id) => !shownEdges.has(id))],
  };
}

/** Everybody is a reader of what is public, but for those who say otherwise. */
function halfOpen(store: GraphStore): Access {
  const access = createAccess({ store, oidc: null, sessionSecret: null, publicUrl: null });
  return {
    ...access,
    isOpen: async () => false,
    identify: async ({ headers }) => (headers.has("x-sees") ? OPEN : PUBLIC_READER),
  };
}

/** Fields of neighbours that one operation asks for. */
const AT_ONCE = 2;
const listed = KIND_NAMES.flatMap((kind) => {
  const around = neighborFields(kind).map(
    ({ field }) =>
      `${field}(first: 3) { totalCount counts(node: DATASET) { value count } edges { id sources { id } node { id name } } }`,
  );
  const list = (part: number): [string, string] => [
    `${listName(kind)} ${part}`,
    `{ ${listName(kind)}(first: 10, orderBy: [{ field: NAME, direction: DESC }]) {
      totalCount counts(by: DATASET) { value count }
      nodes { id name sources { id } ${around.slice(part * AT_ONCE, (part + 1) * AT_ONCE).join(" ")} } } }`,
  ];
  return Array.from({ length: Math.max(1, Math.ceil(around.length / AT_ONCE)) }, (_, part) => list(part));
});
/** Neo4j plans a statement for a second the first time: it is asked a part of them, one of each kind among it. */
const listedOnNeo4j = listed.filter(([name], index) => name.endsWith(" 0") || index % 4 === 0);

const operationsOn = (engine: Engine): readonly (readonly [string, string])[] => [
  ...readdirSync(queries)
    .filter((name) => name.endsWith(".graphql"))
    .map((name): [string, string] => [name, readFileSync(new URL(name, queries), "utf8")]),
  ...(engine.name === "embedded" ? listed : listedOnNeo4j),
  ["entities", "{ entities(first: 1000) { totalCount counts(by: KIND) { value count } nodes { id name } } }"],
  ["statistics", "{ statistics { version entities { kind count } relationships { type count } } }"],
  ["report", `{ report(target: "firm-jinhua", format: JSON, language: EN) { content } }`],
  ["html", `{ report(target: "firm-sanan", format: HTML, language: ZH) { content } }`],
  ["ontology", "{ ontology { kinds { kind } } }"],
  [
    "none",
    `{ products(first: 200, where: { suppliers: { none: {} }, requires: { every: { node: { category: { eq: MATERIAL } } } } }) { nodes { id } } }`,
  ],
];

function rootsOf(operation: string): string[] {
  return parse(operation).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((each) => (each.kind === Kind.FIELD ? each.name.value : []))
      : [],
  );
}

describeEachEngine("readers who have not said who they are", (engine) => {
  let api: Api;
  let publicApi: Api;
  let records: Records;
  const operations = operationsOn(engine);
  beforeAll(async () => {
    records = await drawnRecords();
    const [store, publicStore] = [await engine.open(), await embedded.open()];
    await ingest(store, records.all);
    await markDataset(store, SECRET, true);
    // Not checked: some of them have no source that is shown.
    await publicStore.write((tx) => writeNew(tx, packNew(records.shown)));
    for (let version = await readVersion(store); (await readVersion(publicStore)) < version; )
      await publicStore.write(async () => undefined);
    api = openApi(store, { access: halfOpen(store) });
    publicApi = openApi(publicStore);
  });
  afterAll(async () => {
    await api?.[Symbol.asyncDispose]();
    await publicApi?.[Symbol.asyncDispose]();
  });

  const answerOf = (answer: unknown) =>
    JSON.parse(JSON.stringify(answer), (key, value) => (key === "requestId" || key === "engine" ? undefined : value));

  test.each(operations)("%s answers as where the internal part never was", async (_, operation) => {
    const answer = answerOf(await api.ask(operation));
    const text = JSON.stringify(answer);
    expect(text).not.toContain("QUERY_TOO_COMPLEX");
    expect(records.hiddenIds.filter((id) => text.includes(`"${id}"`))).toStrictEqual([]);
    expect(answer).toStrictEqual(answerOf(await publicApi.ask(operation)));
  });

  test("what is hidden is a part of what others see", async () => {
    const differing = [];
    // That the two answers differ is a matter of the records alone.
    const asked = engine.name === "embedded" ? operations : operations.filter((_, index) => index % 6 === 0);
    for (const [name, operation] of asked) {
      const all = await api.ask(operation, {}, EVERYTHING);
      expect([name, all.errors]).toStrictEqual([name, undefined]);
      if (JSON.stringify(answerOf(all)) !== JSON.stringify(answerOf(await api.ask(operation)))) differing.push(name);
    }
    expect(differing.length).toBeGreaterThan(asked.length / 2);
  });

  test("no id of an internal node or relationship finds it", async () => {
    const ids = records.all.entities.map(({ id }) => id).filter(isDrawn);
    const { data } = await api.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: ids.slice(0, 500) });
    expect(new Set((data as { nodes: readonly unknown[] }).nodes)).toStrictEqual(new Set([null]));
    const { errors } = await api.ask("query ($id: ID!) { neighborhood(id: $id) { version } }", { id: ids[0] });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("what nothing can be left out of is refused, and what is read in the full is not", async () => {
    const changes = "{ changes(since: 0) { version } }";
    expect((await api.ask(changes)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await api.ask(changes, {}, EVERYTHING)).errors).toBeUndefined();
    for (const stream of ["graphChanged(since: 0) { version }", "importProgress { title }"]) {
      const response = await api.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ query: `subscription { ${stream} }` }),
      });
      expect(await response.text()).toContain("FORBIDDEN");
    }
  });

  test("no condition on sources tells of one that is internal", async () => {
    const cited = new Set(
      [...records.shown.entities, ...records.shown.relationships].flatMap(({ id }) => {
        const whole = [...records.all.entities, ...records.all.relationships].find((each) => each.id === id);
        const { sources } = whole!.properties;
        return Array.isArray(sources) ? sources.filter(isDrawn) : [];
      }),
    );
    const [internal, ...more] = [...cited].sort();
    const conditions = [
      `{ has: "${internal}" }`,
      `{ hasAny: ${JSON.stringify([internal, ...more])} }`,
      `{ hasAll: ["${internal}"] }`,
      "{ isEmpty: true }",
      "{ isEmpty: false }",
    ].flatMap((sources) => [`{ sources: ${sources} }`, `{ NOT: { sources: ${sources} } }`]);
    for (const where of conditions) {
      const operation = `{
        entities(first: 1, where: ${where}) { totalCount }
        firms(first: 1, where: { products: { some: { edge: ${where} } } }) { totalCount }
        products(first: 300) { nodes { id suppliers(first: 1, where: { edge: ${where} }) { totalCount } } }
      }`;
      const answer = answerOf(await api.ask(operation));
      expect([where, answer]).toStrictEqual([where, answerOf(await publicApi.ask(operation))]);
    }
    const { data } = await api.ask(`{ entities(where: ${conditions[0]}) { totalCount } }`, {}, EVERYTHING);
    expect((data as { entities: { totalCount: number } }).entities.totalCount).toBeGreaterThan(0);
  });

  test("every read of the schema is asked here", () => {
    const asked = new Set([...operations.flatMap(([, operation]) => rootsOf(operation)), "nodes", "changes"]);
    expect(Object.keys(RULES.Query).filter((field) => !asked.has(field))).toStrictEqual([]);
  });
});

describeEachEngine("a data set that is marked", (engine) => {
  test("is internal until it is said otherwise or gone, and nothing else publishes it", async () => {
    const store = await engine.open();
    const { key } = await createKey(store, { role: "viewer", name: "", at: new Date() });
    await ingest(store, {
      entities: [
        { id: "open", kind: "Firm", properties: { name: "开", dataset: "public", assertion: "ASSUMED" } },
        { id: "closed", kind: "Firm", properties: { name: "关", dataset: SECRET, assertion: "ASSUMED" } },
      ],
      relationships: [],
    });
    const access = createAccess({ store, oidc: null, sessionSecret: null, publicUrl: null, publicRead: true });
    await using api = openApi(store, { access });
    const seen = async (headers = {}) => {
      const { data } = await api.ask("{ firms { nodes { id } } }", {}, headers);
      return (data as { firms: { nodes: readonly { id: string }[] } }).firms.nodes.map(({ id }) => id);
    };
    expect(await seen()).toStrictEqual(["closed", "open"]);
    const version = await markDataset(store, SECRET, true);
    expect(await markDataset(store, SECRET, true)).toBe(version);
    expect(await seen()).toStrictEqual(["open"]);
    expect(await seen({ authorization: `Bearer ${key}` })).toStrictEqual(["closed", "open"]);
    const refused = await api.ask(`mutation { deleteEntities(input: { entities: [] }) { version } }`);
    expect(refused.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect((await api.fetch("/metrics")).status).toBe(401);
    await markDataset(store, SECRET, false);
    expect(await seen()).toStrictEqual(["closed", "open"]);
    await markDataset(store, SECRET, true);
    await withdrawDataset(store, SECRET);
    expect(await seen()).toStrictEqual(["open"]);
  });
});
