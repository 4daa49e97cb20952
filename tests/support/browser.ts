import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const PLACES = [
  process.env["LIANTU_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const EXECUTABLE = PLACES.find((place) => place !== undefined && existsSync(place));

/** Why there is no browser to test in; null where there is. In CI a missing browser is a failure, not a skip. */
export function missingBrowser(): string | null {
  if (EXECUTABLE !== undefined) return null;
  const reason = "there is no chromium (install Debian's package, or name one in LIANTU_CHROMIUM)";
  if (process.env["CI"] === "true") throw new Error(`The tests need a browser, and ${reason}`);
  process.stderr.write(`\nSkipped: the tests of the page, because ${reason}.\n\n`);
  return reason;
}

const FLAGS = [
  "--headless",
  "--lang=en-US",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE!, args: FLAGS });
}

/** Gone, with all that was remembered, at the end of its scope. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the page's code, refused requests and violations of its content policy. */
  readonly complaints: readonly string[];
  readonly context: BrowserContext;
}

/** A visitor with a language, a screen and nothing remembered. */
export async function visit(
  browser: Browser,
  options: { readonly locale: string; readonly width?: number; readonly height?: number },
): Promise<Visitor> {
  const { locale, width = 1440, height = 900 } = options;
  const context = await browser.newContext({ locale, viewport: { width, height } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { page, complaints, context, [Symbol.asyncDispose]: () => context.close() };
}

/** What axe finds wrong with a page as it stands, or with a part of it: the rule, and the elements that break it. */
export async function axeViolations(page: Page, part = "html"): Promise<readonly string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // The page's own policy forbids foreign scripts, so axe comes in through the debugger.
  return page.evaluate(
    `(async () => { ${axe}; const found = await axe.run(${JSON.stringify(part)}); return found.violations.map((each) => each.id + ": " + each.nodes.map((node) => node.target).join(", ")); })()`,
  );
}

/** The graphs of a page whose cards overlap, as each of them is drawn: its name, and the two cards. */
export async function overlappingCards(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const save of await page.getByRole("button", { name: /SVG$/ }).all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
    const svg = readFileSync(await download.path(), "utf8");
    const cards = [
      ...svg.matchAll(/<g><rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)".*?<text[^>]*>(.*?)</g),
    ];
    const boxes = cards.map(([, x, y, width, height, name]) => ({
      left: Number(x),
      top: Number(y),
      right: Number(x) + Number(width),
      bottom: Number(y) + Number(height),
      name,
    }));
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        const isApart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        if (!isApart) found.push(`${download.suggestedFilename()}: ${one.name}, ${other.name}`);
      }
  }
  return found;
}

/** Waits until nothing that the page asked for is on its way; its stream of changes never ends, so its network never rests. */
export async function settle(page: Page): Promise<void> {
  const LOOKS = 6;
  for (let quiet = 0; quiet < LOOKS; ) {
    const isBusy = await page.evaluate(
      () =>
        document.querySelector("main > *") === null ||
        document.querySelector('[data-testid="loading"], [aria-busy="true"], .is-stale') !== null,
    );
    quiet = isBusy ? 0 : quiet + 1;
    await page.waitForTimeout(100);
  }
}

/** Keeps a picture of the page in the folder that LIANTU_SCREENSHOTS names; none where it names none. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env["LIANTU_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
