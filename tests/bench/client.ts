import { loadavg } from "node:os";
import type { Browser } from "playwright-core";
import { launchBrowser, missingBrowser, settle, visit } from "../support/browser.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";
import { chainGraph } from "./client/chain-graph.ts";
import type { Drawer, Layouter } from "./client/drawing-page-types.ts";
import { firstLoad } from "./client/first-load.ts";
import { fillFolder, LARGE_CHAIN, openingsFor } from "./client/large-graph.ts";
import { type LongestTask, longestTask } from "./client/longest-task.ts";
import { bundleDrawingPage, openDrawingPage } from "./client/open-drawing-page.ts";

/**
 * `npm run bench:client [-- PART …]` after `npm run build`: the page in a real Chromium without a window, as tables in
 * Markdown. Parts: `load` (first paint and bytes), `layout`, `pan`, `tasks` (the longest work of the main thread); all of them
 * unless told otherwise. Medians of LIANTU_BENCH_RUNS (5) runs; graphs are generated from a seed. LIANTU_BENCH_TRACES names a folder for
 * Chromium's traces of `tasks`, with its profile.
 */
const RUNS = Number(process.env["LIANTU_BENCH_RUNS"] ?? 5);
const LAYOUT_ELEMENTS = 2_000;
const PAN_ELEMENTS = 10_000;
const PAN_FRAMES = 60;
/** Nothing is dragged for longer, however few frames were drawn. */
const MOST_PAN_MS = 15_000;
/** A reader looks at a picture before dragging it. */
const LOOK_MS = 3_000;
const EXPLORED_ELEMENTS = 2_000;
const QUIET_MS = 1_000;
const PATIENCE_MS = 180_000;

const SEED_VIEWS: readonly HeavyView[] = [
  ["Structure (first load)", "structure-graph", ""],
  ["Gaps of a chain, all sources", "gaps-graph", "?view=gaps&target=chain-ic&tier=all&sources=all"],
  ["Substitution", "today-graph", "?view=substitution&target=firm-jinhua"],
  [
    "Substitution, whole chain, all sources",
    "today-graph",
    "?view=substitution&target=firm-jinhua&tier=all&chain=whole&sources=all",
  ],
  ["Disruption", "disruption-graph", "?view=disruption&target=firm-jinhua&fail=US&tier=all"],
];
const LARGE_VIEWS: readonly HeavyView[] = [
  ["Gaps of a chain, all sources", "gaps-graph", `?view=gaps&target=${LARGE_CHAIN}&tier=all&sources=all`],
  [
    "Substitution, whole chain, all sources",
    "today-graph",
    `?view=substitution&target=${LARGE_CHAIN}&tier=all&chain=whole&sources=all`,
  ],
  ["Disruption", "disruption-graph", `?view=disruption&target=${LARGE_CHAIN}&fail=US&tier=all`],
];

const parts = process.argv.slice(2);
const isAsked = (part: string): boolean => parts.length === 0 || parts.includes(part);
const missing = missingBrowser();
if (missing !== null) process.exit(0);

const browser = await launchBrowser();
print(`Chromium ${browser.version()}, load average ${loadavg()[0]?.toFixed(1)} when it began`);
try {
  if (isAsked("load")) await withSeeds((service) => measureLoad(service));
  if (isAsked("layout") || isAsked("pan")) {
    const code = await bundleDrawingPage();
    if (isAsked("layout")) await measureLayouts(code);
    if (isAsked("pan")) await measurePanning(code);
  }
  if (isAsked("tasks")) {
    printHead([
      "longest task of the main thread while this opens",
      "elements drawn",
      "lasted",
      "on the processor",
      "goal",
    ]);
    await withSeeds((service) => measureTasks(service, "the seeds", SEED_VIEWS));
    using data = temporaryFolder();
    await fillFolder(data.path);
    await using service = await startService({ LIANTU_DATA: data.path, LIANTU_ANALYSIS_TIMEOUT_MS: "120000" });
    const openings = await openingsFor(service, EXPLORED_ELEMENTS);
    await measureTasks(service, "the large graph", [
      ...LARGE_VIEWS,
      ["Explore", "explore-graph", `?view=explore&${openings.map((id) => `open=~${id}`).join("&")}`],
    ]);
  }
} finally {
  await browser.close();
}
print(`\nload average ${loadavg()[0]?.toFixed(1)} at the end`);

async function withSeeds(use: (service: Service) => Promise<void>): Promise<void> {
  using data = temporaryFolder();
  await using service = await startService({ LIANTU_DATA: data.path });
  await use(service);
}

async function measureLoad({ url }: Service): Promise<void> {
  const loads = [];
  for (let run = 0; run < RUNS; run += 1) loads.push(await firstLoad(browser, url));
  printHead(["first load, cold cache", `median of ${RUNS}`, "goal"]);
  printRow(["first useful paint", ms(median(loads.map(({ useful }) => useful))), "1,500 ms"]);
  printRow(["first graph drawn", ms(median(loads.map(({ graph }) => graph))), ""]);
  printRow(["files, gzip, without the layout worker", kB(median(loads.map(({ files }) => files))), "180 kB"]);
  printRow(["answers of the service, gzip", kB(median(loads.map(({ answers }) => answers))), ""]);
}

async function measureLayouts(code: string): Promise<void> {
  const layouters: readonly (readonly [Layouter, title: string, runs: number])[] = [
    ["ours", "our stage layout, with the cards", RUNS],
    ["grid", "cytoscape's default (grid)", RUNS],
    ["breadthfirst", "cytoscape's breadthfirst", RUNS],
    ["fcose", "cytoscape-fcose, its defaults", 1],
  ];
  const graph = chainGraph(LAYOUT_ELEMENTS);
  printHead([`layout of ${count(graph)} elements`, `median of ${RUNS}`, "goal"]);
  for (const [layouter, title, runs] of layouters) {
    await using opened = await opening(browser, code);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1)
      times.push(
        await opened.page.evaluate(([name, drawn]) => drawingPage.layout(name, drawn), [layouter, graph] as const),
      );
    printRow([runs === 1 ? `${title} (one run)` : title, ms(median(times)), layouter === "ours" ? "100 ms" : ""]);
  }
}

async function measurePanning(code: string): Promise<void> {
  const drawers: readonly (readonly [Drawer, title: string])[] = [
    ["ours", "our canvas: cards with names, kinds and marks"],
    ["cytoscape", "cytoscape's defaults: grey dots and lines"],
    ["cytoscape with names and arrows", "cytoscape's defaults with names and arrows"],
    ["sigma", "sigma.js's defaults (WebGL, by SwiftShader where there is no GPU)"],
  ];
  const graph = chainGraph(PAN_ELEMENTS);
  printHead([`panning ${count(graph)} elements, a frame`, `median of ${RUNS} drags`, "slowest tenth", "goal"]);
  for (const [drawer, title] of drawers) {
    const frames: number[] = [];
    let failure: string | null = null;
    for (let run = 0; run < RUNS && failure === null; run += 1) {
      await using opened = await opening(browser, code);
      const { page } = opened;
      try {
        await page.evaluate(([name, drawn]) => drawingPage.draw(name, drawn), [drawer, graph] as const);
        await page.waitForTimeout(LOOK_MS);
        const before = await page.screenshot();
        frames.push(
          ...(await page.evaluate(([n, most]) => drawingPage.pan(n, most), [PAN_FRAMES, MOST_PAN_MS] as const)),
        );
        if (before.equals(await page.screenshot())) failure = "did not move";
      } catch (error) {
        failure = String(error).split("\n")[0] ?? "";
      }
    }
    const figures = failure === null ? [ms(median(frames)), ms(quantile(frames, 0.9))] : [`none: ${failure}`, ""];
    printRow([title, ...figures, drawer === "ours" ? "33 ms" : ""]);
  }
}

type HeavyView = readonly [title: string, graph: string, query: string];

async function measureTasks({ url }: Service, of: string, views: readonly HeavyView[]): Promise<void> {
  for (const [title, graph, query] of views) {
    const runs: LongestTask[] = [];
    let elements = "";
    for (let run = 0; run < RUNS; run += 1) {
      await using visitor = await visit(browser, { locale: "zh-CN" });
      const { page } = visitor;
      const task = await longestTask(browser, page, async () => {
        await page.goto(url + query, { timeout: PATIENCE_MS });
        await page
          .locator(`[data-testid="${graph}"] canvas`)
          .first()
          .waitFor({ state: "attached", timeout: PATIENCE_MS });
        await settle(page);
        await page.waitForTimeout(QUIET_MS);
      });
      runs.push(task);
      const [nodes, edges] = await page
        .getByTestId(graph)
        .evaluate((frame: HTMLElement) => [frame.dataset["nodes"], frame.dataset["edges"]]);
      elements = `${nodes} + ${edges}`;
    }
    const lasted = ms(median(runs.map((run) => run.lasted)));
    const worked = ms(median(runs.map((run) => run.worked)));
    printRow([`${title}, ${of}`, elements, lasted, worked, "100 ms"]);
  }
}

/** A page for drawings that is closed at the end of its scope. */
async function opening(of: Browser, code: string) {
  const page = await openDrawingPage(of, code);
  return { page, [Symbol.asyncDispose]: () => page.close() };
}

function count({ nodes, edges }: { readonly nodes: readonly unknown[]; readonly edges: readonly unknown[] }): string {
  return (nodes.length + edges.length).toLocaleString("en");
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString("en")} ms`;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

function printHead(cells: readonly string[]): void {
  print("");
  printRow(cells);
  printRow(cells.map((_, index) => (index === 0 ? "---" : "---:")));
}

function printRow(cells: readonly string[]): void {
  print(`| ${cells.join(" | ")} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
