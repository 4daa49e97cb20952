import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ingestChecked } from "../../graph/import/ingest.ts";
import {
  ENUMS,
  type EnumName,
  KIND_NAMES,
  type Kind,
  propertiesOfKind,
  propertiesOfRelationship,
  type RelationshipType,
} from "../../graph/ontology.ts";
import type { EntityRecord, PropertyValues, RelationshipRecord } from "../../graph/records.ts";
import { openGraph } from "../../graph/store/open.ts";
import { launchBrowser, missingBrowser, settle, visit } from "../support/browser.ts";
import { ADDRESS_PAYLOADS, MARKUP_PAYLOADS } from "../support/markup-payloads.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const MARKUP = MARKUP_PAYLOADS.join(" ");
const [SCRIPT_URL] = ADDRESS_PAYLOADS as [string];
const TURNED = "\u202Egnp.exe\u2066";
const ADDRESSED = ADDRESS_PAYLOADS.map((url, index) => ({ id: `address ${index}`, url }));
const OWN = {
  dataset: "hostile",
  assertion: "STATED",
  sources: ["constructor", ...ADDRESSED.map(({ id }) => id)],
};

/** Every text that a record can hold; what says where something is decides what the scene below is. */
function texts(properties: ReturnType<typeof propertiesOfKind>): PropertyValues {
  const hostile = Object.entries(properties).flatMap(
    ([name, { type, required }]): [string, PropertyValues[string]][] => {
      if (required === true && Object.hasOwn(ENUMS, type)) return [[name, Object.keys(ENUMS[type as EnumName])[0]!]];
      if (type === "string[]" && name !== "sources") return [[name, [MARKUP, SCRIPT_URL]]];
      return type === "string" && !/^code$|country/i.test(name) ? [[name, MARKUP]] : [];
    },
  );
  return Object.fromEntries(hostile);
}

function entity(id: string, kind: Kind, properties: PropertyValues = {}): EntityRecord {
  const name = `${id} ${MARKUP} ${TURNED}`;
  return {
    id,
    kind,
    properties: { ...texts(propertiesOfKind(kind)), ...OWN, name, nameEn: name, ...properties },
  };
}

function edge(from: string, type: RelationshipType, to: string, properties: PropertyValues = {}): RelationshipRecord {
  return {
    id: `${from}:${type}:${to}`,
    from,
    type,
    to,
    properties: { ...texts(propertiesOfRelationship(type)), ...OWN, ...properties },
  };
}

const SUPPLY = { readiness: "MASS_PRODUCTION", share: 1 };

/** What a record of a kind must have beside texts and choices. */
const NEEDED: Partial<Record<Kind, PropertyValues>> = { Indicator: { value: 1 }, Jurisdiction: { code: "US" } };

/** A chip of a leader that only a US firm has the tool for, with every text as hostile as a text can be. */
const BATCH = {
  entities: [
    entity("cluster", "Cluster"),
    entity("pillar", "Pillar"),
    entity("chain", "Chain"),
    entity("__proto__", "Firm", { country: "CN", roles: ["LEADER"] }),
    entity("us", "Firm", { country: "US" }),
    entity("hasOwnProperty", "Product", { category: "DEVICE" }),
    entity("tool", "Product", { category: "EQUIPMENT" }),
    entity("team", "TalentTeam"),
    entity("figure", "Indicator", { value: 5, qualifier: "EXACT" }),
    entity("constructor", "Source", { url: SCRIPT_URL }),
    ...ADDRESSED.map(({ id, url }) => entity(id, "Source", { url })),
    ...KIND_NAMES.map((kind) => entity(`any ${kind}`, kind, NEEDED[kind])),
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
    ["", "structure", "zh-CN"],
    ["?view=edit&from=us&to=tool", "supply-form", "en-GB"],
    ["?view=edit&form=entity&selected=__proto__", "entity-form", "zh-CN"],
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
    if (query === "?source=figure") await openEveryKind(page);
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

/** Opens the source of a record of each kind. */
async function openEveryKind(page: Page): Promise<void> {
  for (const kind of KIND_NAMES) {
    await page.evaluate((id) => {
      history.replaceState(null, "", `?source=${encodeURIComponent(id)}`);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `any ${kind}`);
    await page.getByTestId("source-drawer").getByText(`any ${kind} `).first().waitFor();
  }
}

/** Opens everything that can be, the choice of a target too, and finds by name. */
async function openAll(page: Page): Promise<void> {
  for (const summary of await page.locator("summary:visible").all()) await summary.click();
  await page.getByTestId("target-search").fill("onerror");
  await page.getByRole("option").first().waitFor();
}
