import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j from "neo4j-driver";
import { availability } from "../../graph/analysis/availability.ts";
import { buildScenario } from "../../graph/analysis/build-scenario.ts";
import { gaps } from "../../graph/analysis/gaps.ts";
import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import { upstreamScenario } from "../../graph/analysis/upstream-scenario.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import type { Network } from "../../graph/projection/network.ts";
import { NetworkReader } from "../../graph/projection/reader.ts";
import { type GraphOptions, openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { canStartNeo4j, startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { fillStore } from "./fill-store.ts";
import { graphologyPass } from "./graphology-pass.ts";
import { GeneratedNetwork, typedBytes } from "./network-columns.ts";
import { upstream } from "./upstream.ts";

/**
 * `npm run bench:analysis [-- NODES …]`, the second part of `npm run bench`: the analyses on generated networks (4 relationships a node) of these sizes, by
 * themselves, against graphology for the same pass, and against one Cypher statement for the same question on a Neo4j that
 * has the same network. Best of several. LIANTU_BENCH_STORED (default 100,000) bounds what is written into stores,
 * LIANTU_BENCH_GRAPHOLOGY (default 100,000) what graphology gets: beyond, it takes minutes and gigabytes.
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
const stored = Number(process.env["LIANTU_BENCH_STORED"] ?? 100_000);
const withGraphology = Number(process.env["LIANTU_BENCH_GRAPHOLOGY"] ?? 100_000);
const missing = canStartNeo4j();

for (const nodes of sizes) {
  print(`\n${nodes.toLocaleString("en")} nodes, ${(4 * nodes).toLocaleString("en")} relationships`);
  const generated = new GeneratedNetwork({ nodes, relationships: 4 * nodes });
  const network = generated.build();
  print(`typed arrays of the projection: ${Math.round(typedBytes(network) / 1e6)} MB`);
  const scenario = timed("scenario of everything", 1, () => buildScenario(network, [], DEFAULT_POLICY)).result;
  const pass = timed("availability of everything", 5, () => availability(scenario));
  if (nodes <= withGraphology) {
    const run = graphologyPass(scenario.ways);
    const theirs = timed("availability by graphology", 2, run);
    if (theirs.result !== pass.result.tier.filter((tier) => tier === 0).length) throw new Error("The passes disagree");
    print(`  graphology / ours${ratio(theirs.ms, pass.ms)}`);
  }
  const chain = generated.chains[0]!.id;
  const upstreamItems = upstreamScenario(network, [chain], DEFAULT_POLICY).network.items.length;
  timed(`gaps of a chain (${upstreamItems.toLocaleString("en")} items)`, 5, () =>
    gaps(upstreamScenario(network, [chain], DEFAULT_POLICY)),
  );
  if (nodes <= stored) await againstStores(generated, network);
}
if (missing !== null) print(`Not measured on Neo4j: ${missing}`);

async function againstStores(generated: GeneratedNetwork, network: Network): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-bench-"));
  try {
    await load({ engine: "embedded", path: join(folder, "graph.grafeo") }, generated);
    if (missing !== null) return;
    await using server = await startLocalNeo4j();
    await load({ engine: "neo4j", uri: server.uri }, generated);
    await againstCypher(server.uri, network, generated.chains[0]!.items);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(options: GraphOptions, generated: GeneratedNetwork): Promise<void> {
  await using store = await openGraph(options);
  await store.prepare();
  await fillStore(store, generated);
  let best = Number.POSITIVE_INFINITY;
  let edges = 0;
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    const network = await loadNetwork(store);
    best = Math.min(best, performance.now() - started);
    const { offerItem, requirementInput, variantItem, ownerFirm, purchaseItem } = network;
    edges = [offerItem, requirementInput, variantItem, ownerFirm, purchaseItem].reduce(
      (sum, { length }) => sum + length,
      0,
    );
  }
  report(`projection from ${options.engine}`, best, `${(edges / best / 1_000).toFixed(2)} M edges/s`);
  await afterWrites(store);
}

/** How long the projection of a service takes behind a write of one firm. */
async function afterWrites(store: GraphStore): Promise<void> {
  const reader = new NetworkReader(store);
  await reader.read();
  let best = Number.POSITIVE_INFINITY;
  for (let write = 0; write < 5; write += 1) {
    const firm = { name: "new", dataset: "bench", assertion: "ASSUMED" };
    await ingest(store, {
      entities: [{ id: `firm-new-${write}`, kind: "Firm", properties: firm }],
      relationships: [],
    });
    const started = performance.now();
    await reader.read();
    best = Math.min(best, performance.now() - started);
  }
  report(`projection from ${store.engine} after a write of one firm`, best);
}

async function againstCypher(uri: string, network: Network, starts: readonly string[]): Promise<void> {
  const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
  const from = network.itemIndex.get(starts[0]!)!;
  const reached = upstream(network, from, Number.POSITIVE_INFINITY);
  const to = network.items[reached.at(-1)!]!;
  const params = { from: starts[0]!, to };
  try {
    const questions = [
      {
        title: "three steps upstream",
        text: "MATCH (a:Product {id: $from})-[:REQUIRES*1..3]->(b:Product) RETURN count(DISTINCT b) AS found",
        ours: () => upstream(network, from, 3).length - 1,
      },
      {
        title: "everything upstream",
        text: "MATCH (a:Product {id: $from})-[:REQUIRES*1..]->(b:Product) WHERE a <> b RETURN count(DISTINCT b) AS found",
        ours: () => upstream(network, from, Number.POSITIVE_INFINITY).length - 1,
      },
      {
        title: "shortest path",
        text: "MATCH p = shortestPath((a:Product {id: $from})-[:REQUIRES*]->(b:Product {id: $to})) RETURN length(p) AS found",
        ours: () => upstream(network, from, Number.POSITIVE_INFINITY, network.itemIndex.get(to)).length,
      },
    ];
    for (const { title, text, ours } of questions) {
      const own = timed(title, 5, ours);
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 5; run += 1) {
        const session = driver.session({ defaultAccessMode: neo4j.session.READ });
        const started = performance.now();
        await session.run(text, params);
        best = Math.min(best, performance.now() - started);
        await session.close();
      }
      report(`  the same by Cypher`, best, `Cypher / ours${ratio(best, own.ms)}`);
    }
  } finally {
    await driver.close();
  }
}

function timed<Result>(
  title: string,
  runs: number,
  work: () => Result,
): { readonly ms: number; readonly result: Result } {
  let ms = Number.POSITIVE_INFINITY;
  let result: Result;
  let run = 0;
  do {
    const started = performance.now();
    result = work();
    ms = Math.min(ms, performance.now() - started);
    run += 1;
  } while (run < runs);
  report(title, ms);
  return { ms, result };
}

function report(title: string, ms: number, more = ""): void {
  print(`${title.padEnd(44)}${ms.toFixed(1).padStart(10)} ms  ${more}`);
}

function ratio(theirs: number, ours: number): string {
  return `${(theirs / ours).toFixed(1).padStart(8)} ×`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
