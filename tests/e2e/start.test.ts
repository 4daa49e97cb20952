import { cpSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GraphError } from "../../graph/errors.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { projectRoot } from "../../server/root.ts";
import { askService, StartFailure, startService, temporaryFolder } from "../support/service.ts";

const root = projectRoot();
const COUNT = `{ statistics { engine entities { kind count } } node(id: "firm-mine") { name } gaps(target: "firm-jinhua", first: 1) { verdict totalCount } }`;
interface Counted {
  readonly statistics: {
    readonly engine: string;
    readonly entities: readonly { readonly kind: string; readonly count: number }[];
  };
  readonly node: { readonly name: string } | null;
  readonly gaps: { readonly verdict: string; readonly totalCount: number };
}

test("`npm start` builds the page, loads the seeds and serves API, GraphiQL and page on one port; a second start keeps what was changed", async () => {
  using data = temporaryFolder();
  using copy = copyOfProject();
  const first = await startService({ LIANTU_DATA: data.path }, ["npm", "start", "--silent"], copy.path);
  const seeded = await askService<Counted>(first, COUNT);
  const page = await fetch(first.url);
  const graphiql = await fetch(`${first.url}graphql`, { headers: { accept: "text/html" } });
  expect({
    engine: seeded.statistics.engine,
    leaders: seeded.statistics.entities.find(({ kind }) => kind === "Chain")?.count,
    page: [page.status, (await page.text()).includes("<title>")],
    graphiql: [graphiql.status, (await graphiql.text()).includes("firm-jinhua")],
  }).toStrictEqual({ engine: "embedded", leaders: 5, page: [200, true], graphiql: [200, true] });
  await first.stop();

  const store = await openWhenFree(join(data.path, "graph.grafeo"));
  const mine = { name: "我的企业", dataset: "mine", assertion: "ASSUMED" };
  await ingest(store, { entities: [{ id: "firm-mine", kind: "Firm", properties: mine }], relationships: [] });
  await store.close();

  await using second = await startService({ LIANTU_DATA: data.path });
  const kept = await askService<Counted>(second, COUNT);
  expect(kept.node).toStrictEqual({ name: "我的企业" });
  expect(kept.gaps).toStrictEqual(seeded.gaps);
}, 180_000);

/** The project without what is built, so that building it takes nothing from under the services of other tests. */
function copyOfProject(): ReturnType<typeof temporaryFolder> {
  const copy = temporaryFolder();
  for (const name of ["client", "graph", "seeds", "server", "package.json", "tsconfig.json"])
    cpSync(join(root, name), join(copy.path, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy.path, "node_modules"), "junction");
  return copy;
}

/** npm may end before the service that it started has put its graph in order. */
async function openWhenFree(path: string): Promise<GraphStore> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await openGraph({ engine: "embedded", path });
    } catch (error) {
      if (!(error instanceof GraphError && error.code === "DB_LOCKED") || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

test("a signal to stop ends the service with 0", async () => {
  using data = temporaryFolder();
  const service = await startService({ LIANTU_DATA: data.path });
  expect(await service.stop()).toBe(0);
});

const REFUSALS: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  [
    "settings that cannot be used are listed, all of them",
    { LIANTU_PORT: "many", LIANTU_LOG: "loud" },
    /LIANTU_PORT: must be a port number[\s\S]*LIANTU_LOG/,
  ],
  ["an address that others can reach needs a yes", { LIANTU_HOST: "0.0.0.0" }, /LIANTU_ALLOW_OPEN=true/],
  ["a Neo4j that is down is named with the remedy", { NEO4J_URI: "bolt://127.0.0.1:9" }, /127\.0\.0\.1:9/],
];
test.each(REFUSALS)("%s", async (_title, settings, message) => {
  using data = temporaryFolder();
  const failure = await startService({ LIANTU_DATA: data.path, ...settings }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartFailure);
  const { code, output } = failure as StartFailure;
  expect([code, message.test(output), /\n\s+at /.test(output)]).toStrictEqual([1, true, false]);
});

test("a port in use is named with the remedy, and the graph is left in order", async () => {
  using data = temporaryFolder();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const failure = await startService({ LIANTU_DATA: data.path, LIANTU_PORT: String(port) }).catch(
    (error: unknown) => error,
  );
  other.close();
  expect((failure as StartFailure).output).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is in use.*LIANTU_PORT=`));
  await using service = await startService({ LIANTU_DATA: data.path });
  expect((await askService<Counted>(service, COUNT)).statistics.engine).toBe("embedded");
});

test("a second service on the same folder is refused", async () => {
  using data = temporaryFolder();
  await using _first = await startService({ LIANTU_DATA: data.path });
  const failure = await startService({ LIANTU_DATA: data.path }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartFailure);
});
