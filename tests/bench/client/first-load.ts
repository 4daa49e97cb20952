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

/**
 * Opens the first view. Its first useful paint is the frame after which a reader has what the view is about: the cards of the
 * pillars, the leaders and the chains, and the figures, as text in the reader's language; the graph beside them comes later.
 */
export async function firstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  await using visitor = await visit(browser, { locale: "zh-CN" });
  const { page } = visitor;
  await page.addInitScript(() => {
    globalThis.paints = { useful: null, graph: null };
    // The second frame begins once the first, which holds the change, is painted.
    const note = (name: "useful" | "graph"): void => {
      requestAnimationFrame(() => requestAnimationFrame((now) => Object.assign(globalThis.paints, { [name]: now })));
    };
    const seen = new Set<string>();
    const look = (): void => {
      const has = (selector: string): boolean => document.querySelector(selector) !== null;
      const found = {
        useful: has('[data-testid="structure"] .card') && has('[data-testid="figures"]'),
        graph: has('[data-testid="structure-graph"] canvas'),
      };
      for (const name of ["useful", "graph"] as const) {
        if (!found[name] || seen.has(name)) continue;
        seen.add(name);
        note(name);
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  const sizes: Promise<{ readonly isAnswer: boolean; readonly bytes: number }>[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const isStream = response.headers()["content-type"]?.startsWith("text/event-stream") === true;
    if (isStream || pathname.includes("layout.worker")) return;
    const isAnswer = pathname.endsWith("/graphql") || pathname.startsWith("/auth");
    sizes.push(response.body().then((body) => ({ isAnswer, bytes: gzipSync(body).byteLength })));
  });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.paints.useful !== null && globalThis.paints.graph !== null);
  await settle(page);
  const { useful, graph } = await page.evaluate(() => globalThis.paints);
  const fetched = await Promise.all(sizes);
  const sum = (isAnswer: boolean): number =>
    fetched.reduce((total, each) => total + (each.isAnswer === isAnswer ? each.bytes : 0), 0);
  return { useful: useful!, graph: graph!, files: sum(false), answers: sum(true) };
}
