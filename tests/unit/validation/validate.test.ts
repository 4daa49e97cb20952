import { describe, expect, test } from "vitest";
import type { Kind, RelationshipType } from "../../../graph/ontology.ts";
import {
  type EntityRecord,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../../../graph/records.ts";
import { type KnownRecords, NOTHING_KNOWN, validateBatch } from "../../../graph/validation/validate.ts";
import { englishOf } from "../../support/both-languages.ts";

function entity(id: string, kind: Kind, properties: Record<string, unknown> = {}): EntityRecord {
  const all = { name: id, dataset: "test", assertion: "ASSUMED", ...properties };
  return { id, kind, properties: all as PropertyValues };
}

function edge(
  from: string,
  type: RelationshipType,
  to: string,
  properties: PropertyValues = {},
  id = relationshipId(from, type, to, properties),
): RelationshipRecord {
  return { id, type, from, to, properties: { dataset: "test", assertion: "ASSUMED", ...properties } };
}

const paper = entity("paper", "Source", { title: "回复", assertion: "STATED", url: "https://example.org/1190" });
const firm = entity("firm", "Firm", { sources: ["paper"], assertion: "STATED" });
const part = entity("part", "Product", { category: "PART" });
const tool = entity("tool", "Product", { category: "EQUIPMENT" });

/** A fault of which the Chinese is known to say the same. */
type EnglishFault = ReturnType<typeof englishOf>;

function faultsOf(records: readonly (EntityRecord | RelationshipRecord)[], known = NOTHING_KNOWN): EnglishFault[] {
  const entities = records.filter((record) => "kind" in record);
  const relationships = records.filter((record) => "type" in record);
  return validateBatch({ entities, relationships }, known).map(englishOf);
}

/** The faults of one node whose properties are these. */
function faultsOfNode(kind: Kind, properties: Record<string, unknown>): EnglishFault[] {
  return faultsOf([entity("node", kind, properties)]);
}

describe("validateBatch", () => {
  test("finds nothing wrong with records that are right", () => {
    const records = [
      paper,
      firm,
      part,
      tool,
      entity("us", "Jurisdiction", { code: "US", validFrom: "2022-10-07", validTo: "2022" }),
      entity("figure", "Indicator", { value: 333, unit: "亿元", qualifier: "EXACT", period: "2024" }),
      edge("tool", "REQUIRES", "part", { slot: "chamber", essential: false, costShare: 1 }),
      edge("firm", "REQUIRES", "part", { product: "tool" }),
      edge("us", "RESTRICTS", "tool", { validFrom: "2022-10" }),
      edge("firm", "SUPPLIES", "part", { share: 0, sources: ["paper"], assertion: "STATED" }),
    ];
    expect(faultsOf(records)).toStrictEqual([]);
  });

  test("wants ids that are URL-safe, once each and not alike but for case", () => {
    const place = { file: "a.csv", row: 7 };
    const records = [{ ...firm, place }, part, firm, entity("Firm", "Firm"), entity("甲", "Firm"), paper];
    expect(faultsOf(records)).toStrictEqual([
      {
        field: "id",
        value: "firm",
        code: "DUPLICATE_ID",
        message: 'the id "firm" stands at a.csv:7 already — remove one of the rows, or give it another id',
      },
      {
        field: "id",
        value: "Firm",
        code: "ID_DIFFERS_IN_CASE",
        message: 'the id "Firm" differs from "firm" at a.csv:7 in case only — rename one',
      },
      {
        field: "id",
        value: "甲",
        code: "BAD_ID",
        message: 'the id "甲" is not URL-safe — use 1 to 200 of the characters A-Z a-z 0-9 . _ ~ : -',
      },
    ]);
    expect(faultsOf([entity("", "Firm", { name: "甲" })]).map(({ code }) => code)).toStrictEqual(["BAD_ID"]);
    expect(faultsOf([entity("x".repeat(201), "Firm")]).map(({ code }) => code)).toStrictEqual(["BAD_ID"]);
    expect(faultsOf([entity("__proto__", "Firm")])).toStrictEqual([]);
  });

  test("explains an id that is not URL-safe because it is made of the slot", () => {
    expect(faultsOf([tool, part, edge("tool", "REQUIRES", "part", { slot: "腔体" })])).toStrictEqual([
      {
        field: "id",
        value: "tool:REQUIRES:part:腔体",
        code: "BAD_ID",
        message:
          'the id "tool:REQUIRES:part:腔体" is not URL-safe; it is made of the ends, product and slot — use 1 to 200 of the characters A-Z a-z 0-9 . _ ~ : -',
      },
    ]);
  });

  test("keeps the form of derived ids for the relationships they name", () => {
    const records = [entity("a:OWNS:b", "Firm"), firm, part, edge("firm", "SUPPLIES", "part", {}, "x:SUPPLIES:part")];
    expect(faultsOf([paper, ...records])).toStrictEqual([
      {
        field: "id",
        value: "a:OWNS:b",
        code: "RESERVED_ID",
        message: 'the id "a:OWNS:b" has the form from:TYPE:to, which names another relationship — rename the node',
      },
      {
        field: "id",
        value: "x:SUPPLIES:part",
        code: "RESERVED_ID",
        message:
          'the id "x:SUPPLIES:part" has the form from:TYPE:to, which names another relationship — begin it with firm:SUPPLIES:, or leave it out',
      },
    ]);
  });

  test("wants what is required", () => {
    const bare = { id: "bare", kind: "Indicator", properties: {} } as const;
    expect(faultsOf([bare])).toStrictEqual([
      { field: "name", code: "MISSING", message: "there is no name — every Indicator has one" },
      { field: "value", code: "MISSING", message: "there is no value — every Indicator has one" },
      { field: "unit", code: "MISSING", message: "there is no unit — every Indicator has one" },
      { field: "qualifier", code: "MISSING", message: "there is no qualifier — every Indicator has one" },
      { field: "dataset", code: "MISSING", message: "there is no dataset — every Indicator has one" },
      { field: "assertion", code: "MISSING", message: "there is no assertion — every Indicator has one" },
      {
        field: "sources",
        code: "NO_SOURCE",
        message: "it names no source — name the id of a Source, or say that its assertion is ASSUMED",
      },
    ]);
  });

  test("wants properties that the kind has", () => {
    expect(faultsOfNode("Firm", { countri: "CN", __proto__x: "1" })).toStrictEqual([
      {
        field: "countri",
        value: "countri",
        code: "UNKNOWN_PROPERTY",
        message: 'Firm has no property "countri" — did you mean "country"?',
      },
      {
        field: "__proto__x",
        value: "__proto__x",
        code: "UNKNOWN_PROPERTY",
        message:
          'Firm has no property "__proto__x" — it may have name, nameEn, aliases, description, descriptionEn, country, region, roles, stockCode, creditCode, dataset, sources, locator, statement, statementEn, quote, assertion, validFrom, validTo',
      },
    ]);
  });

  test.each<[Kind, Record<string, unknown>, Omit<EnglishFault, "message">, string]>([
    [
      "Product",
      { category: "DEVICES" },
      { field: "category", value: "DEVICES", code: "NOT_ALLOWED" },
      '"DEVICES" is not allowed — use DEVICE, EQUIPMENT, MATERIAL, PART, PROCESS, SOFTWARE, SERVICE',
    ],
    [
      "Firm",
      { roles: ["LEADER", "BOSS"] },
      { field: "roles", value: "BOSS", code: "NOT_ALLOWED" },
      '"BOSS" is not allowed — use LEADER, SUPPLIER, BUYER, OWNER',
    ],
    [
      "Firm",
      { country: "cn" },
      { field: "country", value: "cn", code: "PATTERN" },
      '"cn" does not fit — write an ISO 3166-1 alpha-2 code such as CN',
    ],
    [
      "Firm",
      { country: "CN\n" },
      { field: "country", value: "CN\n", code: "PATTERN" },
      '"CN\\n" does not fit — write an ISO 3166-1 alpha-2 code such as CN',
    ],
    [
      "Source",
      { title: "t", url: "javascript:alert(1)" },
      { field: "url", value: "javascript:alert(1)", code: "PATTERN" },
      '"javascript:alert(1)" does not fit — write an http or https address',
    ],
    [
      "Stage",
      { order: 1.5 },
      { field: "order", value: "1.5", code: "WRONG_TYPE" },
      '"1.5" is not a whole number — correct it, or leave it out',
    ],
    [
      "Stage",
      { order: -1 },
      { field: "order", value: "-1", code: "OUT_OF_BOUNDS" },
      "-1 is out of bounds — it must be at least 0",
    ],
    [
      "Product",
      { category: "PART", developCost: Number.NaN },
      { field: "developCost", value: "NaN", code: "WRONG_TYPE" },
      '"NaN" is not a number such as 0.25 — correct it, or leave it out',
    ],
    [
      "Product",
      { category: "PART", elementary: "TRUE" },
      { field: "elementary", value: "TRUE", code: "WRONG_TYPE" },
      '"TRUE" is not true or false — correct it, or leave it out',
    ],
    [
      "Firm",
      { aliases: "甲" },
      { field: "aliases", value: "甲", code: "WRONG_TYPE" },
      '"甲" is not a list of texts — correct it, or leave it out',
    ],
    [
      "Firm",
      { region: 7 },
      { field: "region", value: "7", code: "WRONG_TYPE" },
      '"7" is not a text — correct it, or leave it out',
    ],
    [
      "Firm",
      { region: "  " },
      { field: "region", value: "  ", code: "BLANK" },
      "there is only space here — leave it empty where it is unknown",
    ],
    [
      "Firm",
      { region: "a\0b" },
      { field: "region", value: "a\0b", code: "NUL" },
      '"a\\u0000b" holds a NUL character — remove it',
    ],
    [
      "Firm",
      { region: "\uD800" },
      { field: "region", value: "\uD800", code: "MOJIBAKE" },
      '"\\ud800" holds the sign of a lost character — save the original as UTF-8 again',
    ],
  ])("refuses the value of %s %o", (kind, properties, fault, message) => {
    expect(faultsOfNode(kind, properties)).toStrictEqual([{ ...fault, message }]);
  });

  test.each(["2024", "2024-02", "2024-02-29", "0099-12-31"])("takes %s for a date", (validFrom) => {
    expect(faultsOfNode("Firm", { validFrom })).toStrictEqual([]);
  });

  test.each(["24", "2024-13", "2024-00", "2023-02-29", "2024-2-9", "2024-02-29T00:00", "2024/02"])(
    "does not take %s for a date",
    (validFrom) => {
      expect(faultsOfNode("Firm", { validFrom })).toStrictEqual([
        {
          field: "validFrom",
          value: validFrom,
          code: "NOT_A_DATE",
          message: `"${validFrom}" is no date — write YYYY, YYYY-MM or YYYY-MM-DD`,
        },
      ]);
    },
  );

  test("refuses a fact that ends before it begins", () => {
    expect(faultsOfNode("Firm", { validFrom: "2024-05", validTo: "2024-05-03" })).toStrictEqual([]);
    expect(faultsOfNode("Firm", { validFrom: "2024-05", validTo: "2024-04-30" })).toStrictEqual([
      {
        field: "validTo",
        value: "2024-04-30",
        code: "ENDS_BEFORE_IT_BEGINS",
        message: '"2024-04-30" is before validFrom "2024-05" — correct one of them',
      },
    ]);
  });

  test("wants a share from 0 to 1", () => {
    const supplies = (share: number) => faultsOf([paper, firm, part, edge("firm", "SUPPLIES", "part", { share })]);
    expect([0, 0.5, 1].flatMap(supplies)).toStrictEqual([]);
    expect(supplies(60)).toStrictEqual([
      { field: "share", value: "60", code: "OUT_OF_BOUNDS", message: "60 is out of bounds — it must be from 0 to 1" },
    ]);
  });

  test("wants ends that are there, of kinds between which the type leads", () => {
    const records = [paper, firm, part, edge("frim", "SUPPLIES", "part"), edge("part", "SUPPLIES", "firm")];
    expect(faultsOf(records)).toStrictEqual([
      {
        field: ":START_ID",
        value: "frim",
        code: "DANGLING",
        message: 'there is no node "frim" — did you mean "firm"?',
      },
      {
        field: ":TYPE",
        value: "SUPPLIES",
        code: "WRONG_ENDS",
        message:
          "SUPPLIES does not lead from a Product (part) to a Firm (firm) — it leads Firm/Jurisdiction → Product, Firm/Jurisdiction → Stage",
      },
    ]);
  });

  test("wants sources that are Sources and products that are Products", () => {
    const records = [
      paper,
      { ...firm, properties: { ...firm.properties, sources: ["firm", "papers"] } },
      entity("other", "Firm"),
      edge("firm", "SOURCES_FROM", "other", { product: "other" }),
      edge("other", "SOURCES_FROM", "firm", { product: "chip-of-which-nobody-knows" }),
    ];
    expect(faultsOf(records)).toStrictEqual([
      {
        field: "sources",
        value: "firm",
        code: "WRONG_KIND",
        message: '"firm" is a Firm — give the id of a Source',
      },
      {
        field: "sources",
        value: "papers",
        code: "DANGLING",
        message: 'there is no node "papers" — did you mean "paper"?',
      },
      {
        field: "product",
        value: "other",
        code: "WRONG_KIND",
        message: '"other" is a Firm — give the id of a Product',
      },
      {
        field: "product",
        value: "chip-of-which-nobody-knows",
        code: "DANGLING",
        message: 'there is no node "chip-of-which-nobody-knows" — add it, or correct the id',
      },
    ]);
  });

  test("wants a source of every relationship that is not assumed", () => {
    expect(faultsOf([paper, firm, part, edge("firm", "SUPPLIES", "part", { assertion: "DERIVED" })])).toStrictEqual([
      {
        field: "sources",
        code: "NO_SOURCE",
        message: "it names no source — name the id of a Source, or say that its assertion is ASSUMED",
      },
    ]);
  });

  test("wants a product of a firm's own recipe, and of no other", () => {
    const records = [paper, firm, part, tool, edge("firm", "REQUIRES", "part")];
    expect(faultsOf([...records, edge("tool", "REQUIRES", "part", { product: "tool" })])).toStrictEqual([
      {
        field: "product",
        code: "MISSING",
        message:
          "a firm's own recipe must say for which product it is — give the id of the product that the firm makes",
      },
      {
        field: "product",
        value: "tool",
        code: "NOT_ALLOWED",
        message: "only a firm's own recipe names a product — leave it empty, or let the relationship start at the firm",
      },
    ]);
  });

  test("refuses two relationships of one id", () => {
    const twice = edge("tool", "REQUIRES", "part");
    expect(faultsOf([tool, part, twice, twice])).toStrictEqual([
      {
        field: "id",
        value: "tool:REQUIRES:part",
        code: "DUPLICATE_ID",
        message:
          'the relationship "tool:REQUIRES:part" stands in the batch already — remove one, or give each an id of its own',
      },
    ]);
  });

  test("names each circle of VARIANT_OF once, with its way", () => {
    const items = ["a", "b", "c", "d"].map((id) => entity(id, "Product", { category: "PART" }));
    const links = [
      edge("a", "VARIANT_OF", "b"),
      edge("b", "VARIANT_OF", "c"),
      edge("a", "VARIANT_OF", "c"),
      edge("c", "VARIANT_OF", "a"),
      edge("d", "VARIANT_OF", "d"),
    ];
    expect(faultsOf([...items, ...links])).toStrictEqual([
      {
        value: "c:VARIANT_OF:a",
        code: "VARIANT_CYCLE",
        message: "VARIANT_OF leads in a circle: c → a → c — remove one of these relationships",
      },
      {
        value: "d:VARIANT_OF:d",
        code: "VARIANT_CYCLE",
        message: "VARIANT_OF leads in a circle: d → d — remove one of these relationships",
      },
    ]);
  });

  test("takes what is known beside the batch into account", () => {
    const known: KnownRecords = {
      kindOf: (id) => (id === "stored-part" ? "Product" : undefined),
      relationshipOf: (id) => (id === "deal" ? { type: "OWNS", from: "firm", to: "firm" } : undefined),
      variants: [["stored-part", "part"]],
      unread: new Set(["broken"]),
    };
    const records = [
      paper,
      firm,
      part,
      entity("stored-part", "Firm"),
      edge("firm", "SUPPLIES", "broken"),
      edge("firm", "SUPPLIES", "part", {}, "deal"),
    ];
    expect(faultsOf(records, known)).toStrictEqual([
      {
        field: "id",
        value: "stored-part",
        code: "KIND_CHANGED",
        message: '"stored-part" is a Product already, here it is a Firm — use another id, or delete the Product first',
      },
      {
        field: "id",
        value: "deal",
        code: "ENDS_CHANGED",
        message: '"deal" is firm OWNS firm already — use another id, or delete that relationship first',
      },
    ]);
    const closing = [part, edge("part", "VARIANT_OF", "stored-part")];
    expect(faultsOf(closing, known).map(({ code }) => code)).toStrictEqual(["VARIANT_CYCLE"]);
  });

  test("checks a hundred thousand dangling ends without proposing for each", () => {
    const firms = Array.from({ length: 2_000 }, (_, i) => entity(`firm-${i}`, "Firm"));
    const links = Array.from({ length: 100_000 }, (_, i) => edge(`firm-${i % 2_000}`, "OWNS", `frim-${i}`));
    const started = performance.now();
    const faults = validateBatch({ entities: firms, relationships: links }, NOTHING_KNOWN);
    expect(faults.length).toBe(100_000);
    expect(faults.filter(({ message }) => message.includes("did you mean")).length).toBeLessThanOrEqual(100);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
