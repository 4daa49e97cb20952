import { describe, expect, test } from "vitest";
import { openMappedInput } from "../../../graph/formats/mapped-input.ts";
import { InvalidRecordsError } from "../../../graph/validation/faults.ts";
import { NOTHING_KNOWN, validateBatch } from "../../../graph/validation/validate.ts";
import { lineInBoth } from "../../support/both-languages.ts";
import { writeFiles } from "../../support/files.ts";
import { type InputReading, readInput } from "../../support/read-input.ts";

const SOURCES = [{ id: "source-list", title: "Listed companies", licence: "CC0-1.0" }];
/** Listed companies with their industry classes, several in one cell. */
const MAPPING = {
  dataset: "listed",
  sources: SOURCES,
  entities: [
    {
      kind: "Firm",
      id: "firm-{代码}",
      name: "公司",
      properties: {
        country: { column: "国别", values: { 中国: "CN", 美国: "US" } },
        aliases: { column: "简称", split: "、" },
        stockCode: "代码",
        roles: { constant: ["SUPPLIER"] },
      },
    },
    {
      kind: "Product",
      id: "class-{行业}",
      name: "行业",
      properties: { category: { constant: "DEVICE" } },
      each: { column: "行业", split: ";" },
      repeats: true,
      optional: true,
    },
  ],
  relationships: [
    {
      type: "SUPPLIES",
      from: "firm-{代码}",
      to: "class-{行业}",
      properties: { share: { column: "占比", scale: -2 } },
      each: { column: "行业", split: ";" },
      optional: true,
    },
  ],
};

async function read(mapping: unknown, contents: Readonly<Record<string, string>>): Promise<InputReading> {
  await using files = await writeFiles({
    ...contents,
    "m.json": typeof mapping === "string" ? mapping : JSON.stringify(mapping),
  });
  return await readInput(
    await openMappedInput(Object.keys(contents).map(files.path), { mapping: files.path("m.json") }),
  );
}

async function refusalOf(mapping: unknown, contents: Readonly<Record<string, string>>): Promise<string[]> {
  try {
    return (await read(mapping, contents)).faults;
  } catch (error) {
    if (error instanceof InvalidRecordsError) return error.faults.map(lineInBoth);
    throw error;
  }
}

describe("openMappedInput", () => {
  test("makes nodes and relationships of the columns that the mapping names, with source and row", async () => {
    const { entities, relationships, faults } = await read(MAPPING, {
      "a.csv":
        "代码,公司,国别,简称,行业,占比,别的\n600703,三安,中国,三安光电、SA,芯片;LED,7%,x\n7,乙,,,芯片,,\n8,丙,美国,,,,\n",
    });
    const columns = { id: "代码", name: "公司", country: "国别", aliases: "简称", stockCode: "代码" };
    const fact = (row: number) => ({
      dataset: "listed",
      sources: ["source-list"],
      locator: `a.csv:${row}`,
      assertion: "STATED",
    });
    const firm = (id: string, row: number, own: object) => ({
      id,
      kind: "Firm",
      properties: { ...fact(row), roles: ["SUPPLIER"], ...own },
      place: { file: "a.csv", row, columns },
    });
    const product = (id: string, name: string, row: number) => ({
      id,
      kind: "Product",
      properties: { ...fact(row), name, category: "DEVICE" },
      place: { file: "a.csv", row, columns: { id: "行业", name: "行业" } },
    });
    expect(faults).toStrictEqual([]);
    expect(entities).toStrictEqual([
      {
        id: "source-list",
        kind: "Source",
        properties: {
          dataset: "listed",
          name: "Listed companies",
          title: "Listed companies",
          licence: "CC0-1.0",
          sources: ["source-list"],
          assertion: "STATED",
        },
        place: { file: "m.json", row: 1 },
      },
      firm("firm-600703", 2, { name: "三安", country: "CN", aliases: ["三安光电", "SA"], stockCode: "600703" }),
      product("class-~82af~~7247~", "芯片", 2),
      product("class-LED", "LED", 2),
      firm("firm-7", 3, { name: "乙", stockCode: "7" }),
      firm("firm-8", 4, { name: "丙", country: "US", stockCode: "8" }),
    ]);
    const supplies = (from: string, to: string, row: number, own: object) => ({
      id: `${from}:SUPPLIES:${to}`,
      type: "SUPPLIES",
      from,
      to,
      properties: { ...fact(row), ...own },
      place: { file: "a.csv", row, columns: { ":START_ID": "代码", ":END_ID": "行业", share: "占比" } },
    });
    expect(relationships).toStrictEqual([
      supplies("firm-600703", "class-~82af~~7247~", 2, { share: 0.07 }),
      supplies("firm-600703", "class-LED", 2, { share: 0.07 }),
      supplies("firm-7", "class-~82af~~7247~", 3, {}),
    ]);
    expect(validateBatch({ entities, relationships }, NOTHING_KNOWN)).toStrictEqual([]);
  });

  test("reads JSON Lines by keys, into objects by dots, and several files by their names", async () => {
    const { entities, relationships, faults } = await read(
      {
        dataset: "other",
        assertion: "ASSUMED",
        entities: [
          {
            file: "firms.jsonl",
            kind: "Firm",
            id: "{id}",
            name: "name.zh",
            properties: { aliases: "tags", region: "size" },
          },
          {
            file: "items.csv",
            kind: "Product",
            id: "{item}",
            name: "item",
            properties: { category: { constant: "PART" } },
          },
        ],
        relationships: [{ file: "firms.jsonl", type: "SUPPLIES", from: "{id}", to: "{makes}" }],
      },
      {
        "firms.jsonl":
          '{"id":1,"name":{"zh":"甲"},"tags":["a",2],"size":5,"makes":"x"}\n\n{"id":2,"name":{"zh":"乙"},"tags":null}\n[]\n',
        "items.csv": "item\nx\n",
      },
    );
    expect(entities.map(({ id, properties: { locator, ...own } }) => [id, locator, own])).toStrictEqual([
      ["1", "firms.jsonl:1", { dataset: "other", assertion: "ASSUMED", name: "甲", aliases: ["a", "2"], region: "5" }],
      ["2", "firms.jsonl:3", { dataset: "other", assertion: "ASSUMED", name: "乙" }],
      ["x", "items.csv:2", { dataset: "other", assertion: "ASSUMED", name: "x", category: "PART" }],
    ]);
    expect(relationships.map(({ id }) => id)).toStrictEqual(["1:SUPPLIES:x"]);
    expect(faults).toStrictEqual([
      "firms.jsonl:4: it is no JSON object (it is a list or a single value) — write one whole object on each line",
      'firms.jsonl:3 makes: the column "makes" is empty, and an id is made of it — fill it in, or leave out the row; where it may be empty, say "optional": true in the mapping',
    ]);
  });

  test("names every row that the mapping cannot read, and what the checks find, by the file's own columns", async () => {
    const entities = [{ ...MAPPING.entities[0], repeats: true }];
    const reading = await read(
      { ...MAPPING, entities, relationships: [] },
      {
        "a.csv": "代码,公司,国别,简称\n,甲,中国,\n1,乙,Mars,\n2, ,中国,\n3,丙,中国,\n3,丙,中国,\n3,丁,中国,\n4,戊\n",
      },
    );
    expect(reading.faults).toStrictEqual([
      'a.csv:2 代码: the column "代码" is empty, and an id is made of it — fill it in, or leave out the row; where it may be empty, say "optional": true in the mapping',
      'a.csv:3 国别: the mapping has no word for "Mars" — it has 中国, 美国; add it there',
      "a.csv:8: the row has 2 cells, the header 4 — put a cell that holds a comma in quotes, or add the missing commas",
    ]);
    expect(reading.unread).toStrictEqual(["firm-1"]);
    expect(validateBatch(reading, NOTHING_KNOWN).map(lineInBoth)).toStrictEqual([
      'a.csv:7 代码: the id "firm-3" stands at a.csv:5 already — remove one of the rows, or give it another id',
      "a.csv:4 公司: there is no name — every Firm has one",
    ]);
  });

  test("names every fault of the mapping by its path", async () => {
    const csv = { "a.csv": "代码\n1\n" };
    expect(await refusalOf("{", csv)).toStrictEqual([expect.stringMatching(/^m\.json:1: it is not JSON — /)]);
    expect(await refusalOf({ entities: [{ kind: "Firm" }], extra: 1 }, csv)).toStrictEqual([
      expect.stringMatching(/^m\.json:1 entities\.0\.id: /),
      expect.stringMatching(/^m\.json:1 entities\.0\.name: /),
      expect.stringMatching(/^m\.json:1: .*extra/),
    ]);
    expect(
      await refusalOf(
        {
          entities: [
            { kind: "Frim", id: "{a}", name: "a" },
            { kind: "Firm", id: "公司{a}", name: "a", properties: { contry: "a" } },
          ],
          relationships: [{ type: "OWN", from: "{a}", to: "" }],
        },
        csv,
      ),
    ).toStrictEqual([expect.stringMatching(/^m\.json:1 relationships\.0\.to: /)]);
    expect(
      await refusalOf(
        {
          entities: [
            { kind: "Frim", id: "{a}", name: "a" },
            { kind: "Firm", id: "公司{a}", name: "a", properties: { contry: "a" } },
          ],
          relationships: [{ type: "OWN", from: "{a}", to: "{b}" }],
        },
        csv,
      ),
    ).toStrictEqual([
      'm.json:1 entities.0.kind: there is no "Frim" — did you mean "Firm"?',
      'm.json:1 entities.1.id: "公司{a}" makes no id — write columns in braces and A-Z a-z 0-9 . _ ~ : - beside them, as in firm-{code}',
      'm.json:1 entities.1.properties.contry: there is no "contry" — did you mean "country"?',
      'm.json:1 relationships.0.type: there is no "OWN" — did you mean "OWNS"?',
      'm.json:1 sources: its facts name no source — describe it in "sources", or write "assertion": "ASSUMED"',
    ]);
    const firm = { kind: "Firm", id: "{代码}", name: "名称" };
    expect(await refusalOf({ sources: SOURCES, entities: [{ ...firm, file: "b.csv" }] }, csv)).toStrictEqual([
      'm.json:1 entities.0.file: there is no file "b.csv" among those to read — they are a.csv',
    ]);
    expect(await refusalOf({ dataset: "x", sources: SOURCES, entities: [firm] }, csv)).toStrictEqual([
      'a.csv:1 名称: the header has no column "名称" — it has 代码; m.json names the column',
    ]);
    expect(await refusalOf({ sources: SOURCES }, csv)).toStrictEqual([
      'm.json:1 entities: it makes no records — add "entities" or "relationships"',
    ]);
  });
});
