import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { GraphError } from "../../../graph/errors.ts";
import { contentHash } from "../../../graph/export/content-hash.ts";
import { forwarding } from "../../../graph/store/forwarding.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { type Api, openApi } from "../../support/api.ts";
import { expectChinese } from "../../support/both-languages.ts";
import { describeEachEngine, type Engine } from "../../support/engines.ts";

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
  readonly path: string | null;
  readonly currentVersion: number | null;
}
interface Payload {
  readonly version: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly userErrors: readonly UserError[];
  readonly ids: readonly string[];
}
interface ChangeLog {
  readonly version: number;
  readonly complete: boolean;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly { readonly version: number; readonly action: string; readonly [field: string]: unknown }[];
}

const COUNTS = "version created updated unchanged deleted userErrors { code message messageZh path currentVersion }";
const FIELDS = {
  upsertEntities: ["UpsertEntitiesInput", `${COUNTS} ids`],
  upsertRelationships: ["UpsertRelationshipsInput", `${COUNTS} ids`],
  deleteEntities: ["DeleteEntitiesInput", `${COUNTS} ids`],
  deleteRelationships: ["DeleteRelationshipsInput", `${COUNTS} ids`],
  importBatch: ["ImportBatchInput", `${COUNTS} nodes relationships`],
} as const;

async function mutate(api: Api, field: keyof typeof FIELDS, input: Readonly<Record<string, unknown>>) {
  const [type, selection] = FIELDS[field];
  const { data, errors } = await api.ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, {
    input,
  });
  if (errors !== undefined) throw Object.assign(new Error(errors[0]!.message), { code: errors[0]!.extensions.code });
  const payload = (data as Readonly<Record<string, Payload>>)[field]!;
  payload.userErrors.forEach(expectChinese);
  return payload;
}

async function log(api: Api, args = "since: 0"): Promise<ChangeLog> {
  const ids = "{ created updated deleted }";
  const { data } = await api.ask(
    `{ changes(${args}) { version complete pageInfo { hasNextPage endCursor } nodes {
      version at actor { id name } action dataset clientMutationId created updated deleted truncated
      nodes ${ids} relationships ${ids} } } }`,
  );
  return (data as { readonly changes: ChangeLog }).changes;
}

const firm = (id: string, properties: Readonly<Record<string, unknown>> = {}) => ({
  id,
  kind: "Firm",
  properties: { name: id, assertion: "ASSUMED", ...properties },
});
const product = (id: string) => ({
  id,
  kind: "Product",
  properties: { name: id, assertion: "ASSUMED", category: "PART" },
});
const supplies = (from: string, to: string) => ({
  type: "SUPPLIES",
  from,
  to,
  properties: { assertion: "ASSUMED", share: 0.5 },
});

const aged = {
  name: "test.aged",
  row: z.never(),
  text: cypher`MATCH (mutation:ClientMutation {version: $version}) SET mutation.at = $at`,
};

async function open(engine: Engine, changesKept?: number): Promise<Api> {
  return openApi(await engine.open(), changesKept === undefined ? {} : { changesKept });
}

async function withOffer(api: Api): Promise<void> {
  await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a"), firm("b"), product("p")] });
  await mutate(api, "upsertRelationships", { dataset: "own", relationships: [supplies("a", "p")] });
}

/** The same store, whose commits happen and are not heard of. */
function losingReplies(store: GraphStore, losses: number): GraphStore {
  let left = losses;
  return forwarding(store, {
    async write(work) {
      const written = await store.write(work);
      if (left-- > 0) throw new GraphError("DB_UNAVAILABLE", "the reply of the commit was lost");
      return written;
    },
  });
}

describeEachEngine("mutations", (engine) => {
  test("store records as a whole, and say what they did", async () => {
    await using api = await open(engine);
    const entities = [firm("a", { country: "CN" }), product("p")];
    const first = await mutate(api, "upsertEntities", { dataset: "own", entities });
    expect(first).toStrictEqual({
      ...{ version: 1, created: 2, updated: 0, unchanged: 0, deleted: 0 },
      ...{ userErrors: [], ids: ["a", "p"] },
    });
    expect(await mutate(api, "upsertEntities", { dataset: "own", entities })).toMatchObject({
      version: 1,
      unchanged: 2,
    });
    const whole = await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a"), product("p")] });
    expect(whole).toMatchObject({ version: 2, created: 0, updated: 1, unchanged: 1 });
    const { data } = await api.ask(`{ node(id: "a") { version ... on Firm { country } } }`);
    expect(data).toStrictEqual({ node: { version: 2, country: null } });
  });

  test("list every fault with its place in the input, and store nothing", async () => {
    await using api = await open(engine);
    const before = await contentHash(api.store);
    const result = await mutate(api, "upsertEntities", {
      dataset: "own",
      entities: [
        firm("good"),
        firm("twice"),
        firm("twice"),
        firm("x", { country: "China", nme: "x", roles: ["LEADR"], region: { a: 1 } }),
        { id: "no good", kind: "Product", properties: { sources: ["nowhere"] } },
      ],
    });
    expect(result.userErrors.map(({ code, path }) => [code, path]).sort()).toStrictEqual(
      [
        ["WRONG_TYPE", "entities[3].properties.region"],
        ["DUPLICATE_ID", "entities[2].id"],
        ["BAD_ID", "entities[4].id"],
        ["MISSING", "entities[4].properties.assertion"],
        ["MISSING", "entities[4].properties.category"],
        ["MISSING", "entities[4].properties.name"],
        ["DANGLING", "entities[4].properties.sources"],
      ].sort(),
    );
    expect(result.userErrors.find(({ code }) => code === "DUPLICATE_ID")!.message).toContain("at entities[1]");
    expect(result).toMatchObject({ version: 0, created: 0, ids: [] });
    const values = await mutate(api, "upsertEntities", {
      entities: [firm("x", { country: "China", nme: "x", roles: ["LEADR"] })],
    });
    expect(values.userErrors.map(({ path }) => path).sort()).toStrictEqual([
      "entities[0].properties.country",
      "entities[0].properties.dataset",
      "entities[0].properties.nme",
      "entities[0].properties.roles",
    ]);
    const ends = await mutate(api, "upsertRelationships", { dataset: "own", relationships: [supplies("a", "b")] });
    expect(ends.userErrors.map(({ code, path }) => [code, path])).toStrictEqual([
      ["DANGLING", "relationships[0].from"],
      ["DANGLING", "relationships[0].to"],
    ]);
    expect(await contentHash(api.store)).toBe(before);
    expect(await log(api)).toMatchObject({ version: 0, complete: true, nodes: [] });
  });

  test("with an id are carried out once, however often they come, also at the same time", async () => {
    await using api = await open(engine);
    const input = { clientMutationId: "one", dataset: "own", entities: [firm("a")] };
    const first = await mutate(api, "upsertEntities", input);
    await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a", { country: "CN" })] });
    expect(await mutate(api, "upsertEntities", input)).toStrictEqual(first);
    expect((await api.ask(`{ node(id: "a") { ... on Firm { country } } }`)).data).toMatchObject({
      node: { country: "CN" },
    });
    const other = mutate(api, "upsertEntities", { ...input, entities: [firm("b")] });
    await expect(other).rejects.toMatchObject({ code: "CONFLICT" });
    const same = { clientMutationId: "two", dataset: "own", entities: [firm("c"), firm("d")] };
    const replies = await Promise.all(Array.from({ length: 8 }, () => mutate(api, "upsertEntities", same)));
    for (const reply of replies) expect(reply).toStrictEqual(replies[0]);
    expect((await log(api)).nodes.map(({ version, created, updated }) => [version, created, updated])).toStrictEqual([
      [1, 1, 0],
      [2, 0, 1],
      [3, 2, 0],
    ]);
  });

  test("with an id happen once where the reply of the commit was lost", async () => {
    await using api = openApi(losingReplies(await engine.open(), 1));
    const input = { clientMutationId: "lost", dataset: "own", entities: [firm("a")] };
    await expect(mutate(api, "upsertEntities", input)).rejects.toMatchObject({ code: "DB_UNAVAILABLE" });
    expect(await mutate(api, "upsertEntities", input)).toMatchObject({ version: 1, created: 1, unchanged: 0 });
    expect((await log(api)).nodes).toHaveLength(1);
  });

  test("with an id that changed nothing change nothing later either", async () => {
    await using api = await open(engine);
    await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a")] });
    const input = { clientMutationId: "still", dataset: "own", entities: [firm("a")] };
    const first = await mutate(api, "upsertEntities", input);
    expect(first).toMatchObject({ version: 1, unchanged: 1 });
    await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a", { country: "JP" })] });
    expect(await mutate(api, "upsertEntities", input)).toStrictEqual(first);
  });

  test("store nothing where a record is in another version than was said", async () => {
    await using api = await open(engine);
    await withOffer(api);
    const before = await contentHash(api.store);
    const result = await mutate(api, "upsertEntities", {
      dataset: "own",
      entities: [firm("new"), { ...firm("a", { country: "CN" }), ifVersion: 2 }, { ...firm("b"), ifVersion: 0 }],
    });
    expect(result.userErrors.map(({ code, path, currentVersion }) => [code, path, currentVersion])).toStrictEqual([
      ["VERSION_MISMATCH", "entities[1].ifVersion", 1],
      ["VERSION_MISMATCH", "entities[2].ifVersion", 1],
    ]);
    const relationship = { ...supplies("a", "p"), ifVersion: 7 };
    const offers = await mutate(api, "upsertRelationships", { dataset: "own", relationships: [relationship] });
    expect(offers.userErrors).toMatchObject([{ code: "VERSION_MISMATCH", currentVersion: 1 }]);
    const gone = await mutate(api, "deleteRelationships", { relationships: [{ id: "a:SUPPLIES:p", ifVersion: 3 }] });
    expect(gone.userErrors).toMatchObject([{ code: "VERSION_MISMATCH", path: "relationships[0].ifVersion" }]);
    expect(await contentHash(api.store)).toBe(before);
    const right = { ...firm("a", { country: "CN" }), ifVersion: 1 };
    expect(await mutate(api, "upsertEntities", { dataset: "own", entities: [right] })).toMatchObject({ updated: 1 });
  });

  test("of two who change one version, one wins", async () => {
    await using api = await open(engine);
    await mutate(api, "upsertEntities", { dataset: "own", entities: [firm("a")] });
    const results = await Promise.all(
      ["CN", "JP", "US"].map((country) =>
        mutate(api, "upsertEntities", { dataset: "own", entities: [{ ...firm("a", { country }), ifVersion: 1 }] }),
      ),
    );
    expect(results.map(({ updated }) => updated).sort()).toStrictEqual([0, 0, 1]);
  });

  test("64 at once with the same ids give exactly those nodes, each in a version of its own", async () => {
    await using api = await open(engine);
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        mutate(api, "upsertEntities", {
          dataset: "own",
          entities: [firm("a", { description: `${index}` }), firm("b")],
        }),
      ),
    );
    expect(results.map(({ version }) => version).sort((a, b) => a - b)).toStrictEqual(
      Array.from({ length: 64 }, (_, index) => index + 1),
    );
    const { data } = await api.ask(`{ entities(kind: Firm, first: 100) { totalCount nodes { id version } } }`);
    expect(data).toStrictEqual({
      entities: {
        totalCount: 2,
        nodes: [
          { id: "a", version: 64 },
          { id: "b", version: 1 },
        ],
      },
    });
    const { nodes } = await log(api, "since: 0, first: 1000");
    expect(nodes.map(({ version }) => version)).toStrictEqual(Array.from({ length: 64 }, (_, index) => index + 1));
  });

  test("refuse to delete what is referred to, with the list; cascade takes the relationships along", async () => {
    await using api = await open(engine);
    await withOffer(api);
    const refused = await mutate(api, "deleteEntities", { entities: [{ id: "b" }, { id: "p" }] });
    expect(refused.userErrors).toMatchObject([{ code: "STILL_REFERRED_TO", path: "entities[1].id" }]);
    expect(refused.userErrors[0]!.message).toContain("a:SUPPLIES:p");
    expect(refused).toMatchObject({ deleted: 0, ids: [] });
    const done = await mutate(api, "deleteEntities", { entities: [{ id: "p" }, { id: "gone" }], cascade: true });
    expect(done).toMatchObject({ deleted: 2, unchanged: 1, userErrors: [] });
    expect((await log(api)).nodes.at(-1)).toMatchObject({
      action: "DELETE",
      nodes: { created: [], updated: [], deleted: ["p"] },
      relationships: { created: [], updated: [], deleted: ["a:SUPPLIES:p"] },
    });
  });

  test("refuse to delete a source that others name, also with cascade, unless those go too", async () => {
    await using api = await open(engine);
    const source = { id: "s", kind: "Source", properties: { name: "s", assertion: "STATED", title: "s" } };
    const made = await mutate(api, "upsertEntities", {
      dataset: "own",
      entities: [source, { id: "f", kind: "Firm", properties: { name: "f", assertion: "STATED", sources: ["s"] } }],
    });
    expect(made.userErrors).toStrictEqual([]);
    const refused = await mutate(api, "deleteEntities", { entities: [{ id: "s" }], cascade: true });
    expect(refused.userErrors).toMatchObject([{ code: "STILL_REFERRED_TO", path: "entities[0].id" }]);
    expect((await api.ask(`{ node(id: "s") { id } }`)).data).toStrictEqual({ node: { id: "s" } });
    const both = await mutate(api, "deleteEntities", { entities: [{ id: "s" }, { id: "f" }] });
    expect(both).toMatchObject({ deleted: 2, userErrors: [] });
  });

  test("delete relationships by id", async () => {
    await using api = await open(engine);
    await withOffer(api);
    await mutate(api, "upsertRelationships", {
      dataset: "own",
      relationships: [{ ...supplies("b", "p"), id: "free" }],
    });
    const relationships = [{ id: "a:SUPPLIES:p" }, { id: "free" }, { id: "none" }];
    const done = await mutate(api, "deleteRelationships", { relationships });
    expect(done).toMatchObject({ deleted: 2, unchanged: 1 });
    expect(await mutate(api, "deleteRelationships", { relationships })).toMatchObject({ deleted: 0, unchanged: 3 });
  });

  test("import text as files are imported, once for an id, and name the row of a fault", async () => {
    await using api = await open(engine);
    const nodes = "id:ID,:LABEL,name,assertion\nx,Firm,X,ASSUMED\ny,Firm,Y,ASSUMED\n";
    const input = { clientMutationId: "csv", format: "CSV", dataset: "own", content: nodes, replace: true };
    const first = await mutate(api, "importBatch", input);
    expect(first).toMatchObject({ version: 1, created: 2, deleted: 0, userErrors: [], nodes: 2 });
    const jsonl = `{"kind":"Firm","id":"z","properties":{"name":"Z","assertion":"ASSUMED"}}\n`;
    const replaced = await mutate(api, "importBatch", {
      format: "JSONL",
      dataset: "own",
      content: [jsonl],
      replace: true,
    });
    expect(replaced).toMatchObject({ version: 2, created: 1, deleted: 2 });
    expect(await mutate(api, "importBatch", input)).toMatchObject({ version: 1, created: 2 });
    const wrong = await mutate(api, "importBatch", {
      format: "CSV",
      dataset: "own",
      content: [nodes, "id:ID,:LABEL,name,assertion,country\nw,Firm,W,ASSUMED,China\n"],
    });
    expect(wrong.userErrors.map(({ path }) => path)).toStrictEqual(["content[1]:2.country"]);
    const twice = await mutate(api, "importBatch", { format: "CSV", dataset: "own", content: Array(103).fill(nodes) });
    expect([twice.userErrors.length, twice.userErrors[0]!.path]).toStrictEqual([101, "content[1]:2.id"]);
    for (const text of [twice.userErrors[0]!.message, twice.userErrors[0]!.messageZh])
      expect(text).toContain("content[0]:2");
    expect(twice.userErrors.at(-1)).toMatchObject({ code: "MORE_FAULTS", message: "… and 104 more" });
    expect((await log(api)).nodes).toMatchObject([
      { action: "IMPORT", dataset: "own", clientMutationId: "csv", nodes: { created: ["x", "y"] } },
      { action: "REPLACE", nodes: { created: ["z"], deleted: ["x", "y"] } },
    ]);
  });

  test("are pages of a log, in order, and tell where it was pruned", async () => {
    await using api = await open(engine, 10);
    for (let index = 0; index < 14; index++)
      await mutate(api, "upsertEntities", { dataset: "own", entities: [firm(`f${index}`)] });
    const start = await log(api);
    expect(start.complete).toBe(false);
    expect(start.nodes.map(({ version }) => version)).toStrictEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    const first = await log(api, "since: 5, first: 4");
    expect(first).toMatchObject({ complete: true, version: 14, pageInfo: { hasNextPage: true } });
    const second = await log(api, `since: 5, first: 5, after: "${first.pageInfo.endCursor}"`);
    expect(second.nodes.map(({ version }) => version)).toStrictEqual([10, 11, 12, 13, 14]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(second.nodes[0]).toMatchObject({ actor: { id: "open", name: "" }, action: "UPSERT" });
  });

  test("with an id are forgotten after a week: the same again is then carried out anew", async () => {
    await using api = await open(engine);
    const asked = (id: string, country: string) =>
      mutate(api, "upsertEntities", { clientMutationId: id, dataset: "own", entities: [firm("a", { country })] });
    await asked("old", "CN");
    await asked("young", "US");
    expect(await asked("old", "CN")).toMatchObject({ version: 1, created: 1 });
    await api.store.write((tx) => tx.run(aged, { version: 1, at: Date.now() - 8 * 24 * 3_600_000 }));
    // The oldest are looked for at every 64th that is remembered.
    for (let index = 3; index <= 64; index++) await asked(`m${index}`, index % 2 === 0 ? "CN" : "US");
    expect(await asked("young", "US")).toMatchObject({ version: 2, updated: 1 });
    await asked("before", "JP");
    expect(await asked("old", "CN")).toMatchObject({ created: 0, updated: 1 });
  });

  test("are taken by POST alone", async () => {
    await using api = await open(engine);
    const query = encodeURIComponent(`mutation { deleteEntities(input: {entities: []}) { version } }`);
    const response = await api.fetch(`/graphql?query=${query}`, { headers: { accept: "application/json" } });
    expect(response.status).toBe(405);
  });
});
