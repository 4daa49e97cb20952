import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { settle, visit } from "../../support/browser.ts";

/** One first visit of the page, with nothing remembered. */
export interface FirstLoad {
  /** Milliseconds from the navigation to the first useful paint. */
  readonly useful: number;
  /** Milliseconds from the navigation until the first graph is drawn. */
  readonly graph: number;
  /** Bytes of the page's files that came before it rested, each compressed by gzip; the layout worker and answers left out. */
  readonly files: number;
  /** The same for the answers of the service. */
  readonly answers: number;
}

declare global {
  /** Milliseconds since the navigation at which something was first painted. */
  var paints: { useful: number | null; graph: number | null };
}

/** What has to be in the page for something to be seen. */
const SEEN: Readonly<Record<"useful" | "graph", readonly string[]>> = {
  useful: ['[data-testid="structure"] .card', '[data-testid="figures"]'],
  graph: ['[data-testid="structure-graph"] canvas'],
};
const PATIENCE_MS = 180_000;

/**
 * Opens the first view. Its first useful paint is the frame after which a reader has what the view is about: the cards of the
 * pillars, the leaders and the chains, and the figures, as text in the reader's language; the graph beside them comes later.
 */
export async function firstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  await using visitor = await visit(browser, { locale: "zh-CN" });
  const { page } = visitor;
  // No function in here has a name: what runs the bench would wrap it in a call that the page does not know.
  await page.addInitScript((seen) => {
    globalThis.paints = { useful: null, graph: null };
    const noted = new Set<string>();
    new MutationObserver(() => {
      for (const [name, selectors] of Object.entries(seen)) {
        if (noted.has(name) || selectors.some((selector) => document.querySelector(selector) === null)) continue;
        noted.add(name);
        // The second frame begins once the first, which holds the change, is painted.
        requestAnimationFrame(() => requestAnimationFrame((now) => Object.assign(globalThis.paints, { [name]: now })));
      }
    }).observe(document, { childList: true, subtree: true });
  }, SEEN);
  const sizes: Promise<{ readonly isAnswer: boolean; readonly bytes: number }>[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const isStream = response.headers()["content-type"]?.startsWith("text/event-stream") === true;
    if (isStream || pathname.includes("layout.worker")) return;
    const isAnswer = pathname.endsWith("/graphql") || pathname.startsWith("/auth");
    sizes.push(response.body().then((body) => ({ isAnswer, bytes: gzipSync(body).byteLength })));
  });
  await page.goto(url, { timeout: PATIENCE_MS });
  await page.waitForFunction(() => globalThis.paints.useful !== null && globalThis.paints.graph !== null, undefined, {
    timeout: PATIENCE_MS,
  });
  await settle(page);
  const { useful, graph } = await page.evaluate(() => globalThis.paints);
  const fetched = await Promise.all(sizes);
  const sum = (isAnswer: boolean): number =>
    fetched.reduce((total, each) => total + (each.isAnswer === isAnswer ? each.bytes : 0), 0);
  return { useful: useful!, graph: graph!, files: sum(false), answers: sum(true) };
}
