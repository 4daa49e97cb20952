import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { chokepoint } from "../journeys/chokepoint.ts";
import { comparison } from "../journeys/comparison.ts";
import { editing } from "../journeys/editing.ts";
import { explore } from "../journeys/explore.ts";
import { failure } from "../journeys/failure.ts";
import { outage } from "../journeys/outage.ts";
import { type Manner, Reader } from "../journeys/reader.ts";
import { recruitment } from "../journeys/recruitment.ts";
import { share } from "../journeys/share.ts";
import { substitution } from "../journeys/substitution.ts";
import { launchBrowser, missingBrowser, visit } from "../support/browser.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const missing = missingBrowser();

const JOURNEYS = [
  ["1 · to a chokepoint and its causes", chokepoint],
  ["2 · without the US", substitution],
  ["3 · what if this fails", failure],
  ["4 · whom to recruit", recruitment],
  ["5 · explore", explore],
  ["6 · share", share],
  ["7 · edit", editing],
  ["8 · compare", comparison],
] as const;

const MANNERS: readonly Manner[] = [
  { hand: "mouse", language: "zh" },
  { hand: "keyboard", language: "en" },
  // The same code with each in the other language.
  ...(process.env["LIANTU_JOURNEYS"] === "all"
    ? ([
        { hand: "mouse", language: "en" },
        { hand: "keyboard", language: "zh" },
      ] as const)
    : []),
];

describe.skipIf(missing !== null)(missing === null ? "Journeys" : `Journeys [skipped: ${missing}]`, () => {
  const data = temporaryFolder();
  // How fast it answers is measured elsewhere.
  const settings = { LIANTU_DATA: data.path, LIANTU_TIMEOUT_MS: "30000", LIANTU_ANALYSIS_TIMEOUT_MS: "60000" };
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(settings), launchBrowser()]);
  });
  // Where the page meets an error of the service, its log says which.
  afterEach(({ task }) => {
    if (task.result?.state === "fail") process.stderr.write(service.output());
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    data[Symbol.dispose]();
  });

  describe.each(MANNERS)("by the $hand, in $language", (manner) => {
    let reader: Reader;
    beforeAll(async () => {
      reader = await Reader.arrive(browser, service.url, manner);
    });
    afterAll(() => reader?.[Symbol.asyncDispose]());
    test.each(JOURNEYS)("%s", (_, journey) => journey(reader));
  });

  test("the service goes and comes back", async () => {
    await using reader = await Reader.arrive(browser, service.url, { hand: "keyboard", language: "zh" });
    const { port } = new URL(service.url);
    await outage(
      reader,
      async () => expect(await service.stop()).toBe(0),
      async () => {
        service = await startService({ ...settings, LIANTU_PORT: port });
      },
    );
  });

  test("what comes before the first useful paint is at most 180 kB compressed, and the renderer is not in it", async () => {
    await using visitor = await visit(browser, { locale: "zh-CN" });
    const { page } = visitor;
    const sizes = new Map<string, Promise<number>>();
    let drawNow = (): void => {};
    const painted = new Promise<void>((resolve) => {
      drawNow = resolve;
    });
    await page.route(/\/assets\/canvas-/, async (route) => {
      await painted;
      await route.continue();
    });
    page.on("response", (response) => {
      if (/\/assets\/|\/$/.test(new URL(response.url()).pathname))
        sizes.set(
          response.url(),
          response.body().then((body) => gzipSync(body).length),
        );
    });
    await page.goto(service.url);
    await page.getByTestId("figures").waitFor();
    const before = await Promise.all(sizes.values());
    expect([...sizes.keys()].filter((url) => url.includes("canvas-"))).toStrictEqual([]);
    expect(before.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(180_000);
    drawNow();
    await page.locator('[data-testid$="graph"] canvas').first().waitFor();
  });
});
