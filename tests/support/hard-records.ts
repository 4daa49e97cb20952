import type { RecordBatch } from "../../graph/records.ts";

/** Texts that a format is likely to break: signs of CSV, lists, formulas, XML, Cypher, Excel and of all their escapes. */
export const HARD_TEXTS: readonly string[] = [
  'say "yes", or; no',
  "a;b\\;c\\\\;d\\",
  "line\nbreak\r\nand\rreturn\ttab",
  " space around ",
  "=1+1",
  "+86",
  "-5",
  "@SUM(A1)",
  "\tindented",
  "'=quoted",
  "''@twice",
  "'plain",
  "<b attr='x'>&amp; ]]> &#10;</b>",
  "it's `back` \\n \\u0027 \\\\u0027 \\",
  "'}) DETACH DELETE n //",
  "$param {x: 1} /* no */ // comment",
  "𠮷野家 🀄 ﬁ Ａ１ é é",
  "_x000D_ _x005F_",
  "true",
  "007",
  "1e5",
  "2026-01-02",
  "#N/A",
  "null",
  "\uFEFFmark",
  "\u0085\u2028\u00A0",
];

const common = { dataset: "hard", assertion: "ASSUMED" };

/** A small graph of records with hard texts, lists, numbers and ids. */
export const hardRecords: RecordBatch = {
  entities: [
    ...HARD_TEXTS.map((text, index) => ({
      id: `firm-${index}`,
      kind: "Firm" as const,
      properties: {
        ...common,
        name: text,
        aliases: [text, `${text}!`, ";"],
        region: text,
        roles: ["BUYER", "SUPPLIER"],
      },
    })),
    { id: "-a~b.c:D_e", kind: "Fund", properties: { ...common, name: "id" } },
    ...[0, 1, -1.5, 0.1, 1e-7, 1.7976931348623157e308, 1e21, 9007199254740991, 123456789012345680000].map(
      (value, index) => ({
        id: `figure-${index}`,
        kind: "Indicator" as const,
        properties: { ...common, name: "数", value, unit: "个", qualifier: "EXACT" },
      }),
    ),
    { id: "item", kind: "Product", properties: { ...common, name: "物", category: "PART", elementary: false } },
    { id: "stage", kind: "Stage", properties: { ...common, name: "段", order: 3 } },
  ],
  relationships: HARD_TEXTS.flatMap((text, index) => [
    {
      id: `firm-${index}:SUPPLIES:item`,
      type: "SUPPLIES" as const,
      from: `firm-${index}`,
      to: "item",
      properties: { ...common, statement: text, share: index / 100 },
    },
    {
      id: `own-${index}`,
      type: "OWNS" as const,
      from: `firm-${index}`,
      to: "firm-0",
      properties: { ...common, stake: 1 },
    },
  ]),
};
