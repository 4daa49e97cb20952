import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ingestChecked } from "../../graph/import/ingest.ts";
import type { Kind, RelationshipType } from "../../graph/ontology.ts";
import type { EntityRecord, PropertyValues, RelationshipRecord } from "../../graph/records.ts";
import { openGraph } from "../../graph/store/open.ts";
import { launchBrowser, missingBrowser, settle, visit } from "../support/browser.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const MARKUP = `<img src=x onerror="window.ran=1"><svg onload="window.ran=2"></svg></script><script>window.ran=3</script>`;
const SCRIPT_URL = "javascript:window.ran=4";
const TURNED = "\u202Egnp.exe\u2066";
const OWN = { dataset: "hostile", assertion: "STATED", sources: ["constructor"], locator: MARKUP, statement: MARKUP };

function entity(id: string, kind: Kind, properties: PropertyValues = {}): EntityRecord {
  const name = `${id} ${MARKUP} ${TURNED}`;
  return {
    id,
    kind,
    properties: {
      ...OWN,
      name,
      nameEn: name,
      aliases: [MARKUP, SCRIPT_URL],
      description: MARKUP,
      statementEn: MARKUP,
      ...properties,
    },
  };
}

function edge(from: string, type: RelationshipType, to: string, properties: PropertyValues = {}): RelationshipRecord {
  return { id: `${from}:${type}:${to}`, from, type, to, properties: { ...OWN, ...properties } };
}

const SUPPLY = { readiness: "MASS_PRODUCTION", shareBasis: MARKUP, share: 1 };

/** A chip of a leader that only a US firm has the tool for, with every text as hostile as a text can be. */
const BATCH = {
  entities: [
    entity("cluster", "Cluster"),
    entity("pillar", "Pillar"),
    entity("chain", "Chain"),
    entity("__proto__", "Firm", { country: "CN", region: MARKUP, roles: ["LEADER"], stockCode: MARKUP }),
    entity("us", "Firm", { country: "US" }),
    entity("hasOwnProperty", "Product", { category: "DEVICE" }),
    entity("tool", "Product", { category: "EQUIPMENT" }),
    entity("team", "TalentTeam"),
    entity("policy", "Policy", { issuer: MARKUP, documentNumber: MARKUP }),
    entity("figure", "Indicator", {
      value: 5,
      unit: MARKUP,
      qualifier: "EXACT",
      period: MARKUP,
      basis: MARKUP,
      place: MARKUP,
    }),
    entity("constructor", "Source", { title: MARKUP, publisher: MARKUP, url: SCRIPT_URL, licence: MARKUP }),
  ],
  relationships: [
    edge("pillar", "PART_OF", "cluster"),
    edge("chain", "PART_OF", "pillar"),
    edge("__proto__", "LEADS", "chain"),
    edge("__proto__", "SUPPLIES", "hasOwnProperty", SUPPLY),
    edge("hasOwnProperty", "REQUIRES", "tool"),
    edge("us", "SUPPLIES", "tool", SUPPLY),
    edge("team", "RESEARCHES", "tool"),
    edge("figure", "MEASURES", "chain"),
  ],
};

const missing = missingBrowser();

describe.skipIf(missing !== null)(missing === null ? "Stored markup" : `Stored markup [skipped: ${missing}]`, () => {
  const data = temporaryFolder();
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    // Past the checks, as a database may hold what another program wrote.
    const store = await openGraph({ engine: "embedded", path: join(data.path, "graph.grafeo") });
    await store.prepare();
    await store.write((tx) => ingestChecked(tx, BATCH));
    await store.close();
    [service, browser] = await Promise.all([
      startService({ LIANTU_DATA: data.path, LIANTU_SEED: "false" }),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    data[Symbol.dispose]();
  });

  test.each([
    ["?view=gaps&target=__proto__&selected=tool", "gap-detail", "zh-CN"],
    ["?view=substitution&target=__proto__&chain=whole&selected=tool&source=constructor", "source-drawer", "en-GB"],
    ["?view=explore&open=~__proto__&open=~tool&selected=__proto__&from=us&to=__proto__", "node-detail", "zh-CN"],
    ["?view=disruption&target=__proto__&fail=tool", "stop-table", "zh-CN"],
    ["?view=recruitment&target=__proto__&landed=tool", "landed-table", "en-GB"],
    ["?view=compare&target=__proto__&other-restricted=", "gap-changes", "zh-CN"],
    ["?source=figure", "source-drawer", "en-GB"],
    [`?view=gaps&target=${encodeURIComponent(MARKUP)}`, "failure", "zh-CN"],
  ])("is shown as text and never runs in %s", async (query, shown, locale) => {
    await using visitor = await visit(browser, { locale });
    const { page, complaints } = visitor;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => void dialog.dismiss());
    await page.goto(service.url + query);
    await page.getByTestId(shown).getByText("onerror").first().waitFor();
    await settle(page);
    if (shown === "gap-detail") await openAll(page);
    expect(await page.evaluate(() => Reflect.get(window, "ran"))).toBeUndefined();
    expect(await page.locator("img, main svg[onload], a[href^='javascript'], main script").count()).toBe(0);
    expect(asked.filter((url) => !url.startsWith(service.url))).toStrictEqual([]);
    // An unknown target is refused: the only thing the console may say.
    expect(complaints.filter((line) => !/status of 400/.test(line))).toStrictEqual([]);
  });

  test("is text in the report's preview too", async () => {
    await using visitor = await visit(browser, { locale: "zh-CN" });
    const { page, complaints } = visitor;
    await page.goto(`${service.url}?view=report&target=__proto__`);
    const frame = page.frameLocator('[data-testid="report-frame"]');
    await frame.getByText("onerror").first().waitFor();
    expect(await frame.locator("img, script, [onload], [onerror], a[href^='javascript']").count()).toBe(0);
    expect(complaints).toStrictEqual([]);
  });
});

/** Opens everything that can be, the choice of a target too, and finds by name. */
async function openAll(page: Page): Promise<void> {
  for (const summary of await page.locator("summary:visible").all()) await summary.click();
  await page.getByTestId("target-search").fill("onerror");
  await page.getByRole("option").first().waitFor();
}
