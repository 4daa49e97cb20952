import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { type CellValue, readXlsx, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { readWorkbookCell, writeWorkbookCell } from "../../../graph/formats/xlsx-cells.ts";
import { openXlsxInput, type XlsxInputOptions } from "../../../graph/formats/xlsx-input.ts";
import { INSTRUCTIONS_SHEET, SHEETS } from "../../../graph/formats/xlsx-sheets.ts";
import { instructionsSheet, templateWorkbook, workbookSheet } from "../../../graph/formats/xlsx-template.ts";
import { ENTITY_PROPERTIES, KINDS, PROVENANCE, RELATIONSHIPS } from "../../../graph/ontology.ts";
import { InvalidRecordsError } from "../../../graph/validation/faults.ts";
import { NOTHING_KNOWN, validateBatch } from "../../../graph/validation/validate.ts";
import { lineInBoth } from "../../support/both-languages.ts";
import { writeFiles } from "../../support/files.ts";
import { type InputReading, readInput } from "../../support/read-input.ts";

const NAMED: XlsxInputOptions = { dataset: "mine" };

async function readBytes(bytes: Uint8Array, options: XlsxInputOptions = NAMED): Promise<InputReading> {
  await using files = await writeFiles({ "book.xlsx": bytes });
  return await readInput(await openXlsxInput(files.path("book.xlsx"), options));
}

async function read(sheets: readonly WriteSheet[], options: XlsxInputOptions = NAMED): Promise<InputReading> {
  return await readBytes(await writeXlsx({ sheets: [...sheets] }), options);
}

async function refusalOf(bytes: Uint8Array, options: XlsxInputOptions = NAMED): Promise<string[]> {
  try {
    return (await readBytes(bytes, options)).faults;
  } catch (error) {
    if (error instanceof InvalidRecordsError) return error.faults.map(lineInBoth);
    throw error;
  }
}

describe("templateWorkbook", () => {
  test("has a sheet for each kind and type behind the instructions, with titles, keys, notes and lists", async () => {
    const { sheets } = await readXlsx(await templateWorkbook());
    expect(sheets.map(({ name }) => name)).toStrictEqual([
      INSTRUCTIONS_SHEET,
      ...[...Object.values(KINDS), ...Object.values(RELATIONSHIPS)].map(({ zh }) => zh.replace("/", "")),
    ]);
    const supplies = sheets.find(({ name }) => name === "供应");
    expect(supplies?.rows).toStrictEqual([
      [
        "起点编号",
        "终点编号",
        "编号",
        ...[...Object.values(RELATIONSHIPS.SUPPLIES.properties), ...Object.values(PROVENANCE)].map(({ zh }) => zh),
      ],
      ["from", "to", "id", ...Object.keys(RELATIONSHIPS.SUPPLIES.properties), ...Object.keys(PROVENANCE)],
    ]);
    expect(supplies?.cells?.get("0,4")?.comment?.text).toBe(
      "市场份额 market share\n可空，空白=未知 empty = unknown；数值 number 0 – 1\nShare in [0, 1]; absent = unknown, never zero.",
    );
    expect(supplies?.dataValidations?.map(({ range, values }) => [range, values])).toStrictEqual([
      ["G3:G10002", ["主要", "次要", "可忽略"]],
      ["H3:H10002", ["研发", "样品", "通过验证", "量产"]],
      ["R3:R10002", ["原文陈述", "推导", "假设"]],
    ]);
    const product = sheets.find(({ name }) => name === "产品");
    expect(product?.dataValidations?.map(({ values }) => values)).toContainEqual(["是", "否"]);
  });

  test("names each sheet once and each column of a sheet once, so that titles can be read back", () => {
    const names = SHEETS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { columns } of SHEETS) {
      const titles = columns.map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test("reads back as no records and no faults", async () => {
    expect(await readBytes(await templateWorkbook())).toStrictEqual({
      entities: [],
      relationships: [],
      faults: [],
      unread: [],
    });
  });
});

describe("openXlsxInput", () => {
  test("reads Chinese, English and technical titles, lists, dates and numbers, with places", async () => {
    const reading = await read([
      {
        name: "企业",
        rows: [
          ["编号", "名称", "总部国家/地区", "角色", "stockCode", "validFrom", "性质"],
          ["id", "name", "country", "roles", null, null, "assertion"],
          ["firm-a", "甲", "CN", "龙头企业;SUPPLIER", 600_703, new Date(Date.UTC(2024, 4, 1)), "假设"],
          [],
          [7, "'=乙", null, "buyer", null, 2024, "ASSUMED"],
        ],
      },
      {
        name: "Product",
        rows: [
          ["id", "名称", "category", "elementary", "cost to develop"],
          ["item", "物", "零部件", "是", 2.5],
          ["item-2", "物2", "PART", false, "1e3"],
        ],
      },
      {
        name: "供应",
        rows: [
          ["from", "to", "市场份额", "level"],
          ["firm-a", "item", 0.25, "主要"],
        ],
      },
      { name: "Sheet1", rows: [] },
      { name: "#草稿", rows: [["随便"]] },
    ]);
    const firm = {
      id: "A 编号 (id)",
      name: "B 名称 (name)",
      country: "C 总部国家/地区 (country)",
      roles: "D 角色 (roles)",
    };
    const firmColumns = {
      ...firm,
      stockCode: "E 股票代码 (stockCode)",
      validFrom: "F 生效日 (validFrom)",
      assertion: "G 性质 (assertion)",
    };
    const itemColumns = {
      id: "A 编号 (id)",
      name: "B 名称 (name)",
      category: "C 类别 (category)",
      elementary: "D 基础物料 (elementary)",
      developCost: "E 攻关成本 (developCost)",
    };
    expect(reading).toStrictEqual({
      entities: [
        {
          id: "firm-a",
          kind: "Firm",
          properties: {
            dataset: "mine",
            name: "甲",
            country: "CN",
            roles: ["LEADER", "SUPPLIER"],
            stockCode: "600703",
            validFrom: "2024-05-01",
            assertion: "ASSUMED",
          },
          place: { file: "book.xlsx[企业]", row: 3, columns: firmColumns },
        },
        {
          id: "7",
          kind: "Firm",
          properties: { dataset: "mine", name: "=乙", roles: ["BUYER"], validFrom: "2024", assertion: "ASSUMED" },
          place: { file: "book.xlsx[企业]", row: 5, columns: firmColumns },
        },
        {
          id: "item",
          kind: "Product",
          properties: { dataset: "mine", name: "物", category: "PART", elementary: true, developCost: 2.5 },
          place: { file: "book.xlsx[Product]", row: 2, columns: itemColumns },
        },
        {
          id: "item-2",
          kind: "Product",
          properties: { dataset: "mine", name: "物2", category: "PART", elementary: false, developCost: 1000 },
          place: { file: "book.xlsx[Product]", row: 3, columns: itemColumns },
        },
      ],
      relationships: [
        {
          id: "firm-a:SUPPLIES:item",
          type: "SUPPLIES",
          from: "firm-a",
          to: "item",
          properties: { dataset: "mine", share: 0.25, level: "MAJOR" },
          place: {
            file: "book.xlsx[供应]",
            row: 2,
            columns: {
              ":START_ID": "A 起点编号 (from)",
              ":END_ID": "B 终点编号 (to)",
              share: "C 市场份额 (share)",
              level: "D 程度 (level)",
            },
          },
        },
      ],
      faults: [],
      unread: [],
    });
  });

  test("names sheet, row, column letter and title of what the checks find", async () => {
    const { entities, relationships } = await read([
      {
        name: "企业",
        rows: [
          ["编号", "名称", "总部国家/地区", "性质"],
          ["甲", "甲", "中国", "猜测"],
        ],
      },
      {
        name: "持股",
        rows: [
          ["起点编号", "终点编号", "持股比例", "性质"],
          ["甲", "x", "一半", "假设"],
        ],
      },
    ]);
    expect(validateBatch({ entities, relationships }, NOTHING_KNOWN).map(lineInBoth)).toStrictEqual([
      'book.xlsx[企业]:2 A 编号 (id): the id "甲" is not URL-safe — use 1 to 200 of the characters A-Z a-z 0-9 . _ ~ : -',
      'book.xlsx[企业]:2 C 总部国家/地区 (country): "中国" does not fit — write an ISO 3166-1 alpha-2 code such as CN',
      'book.xlsx[企业]:2 D 性质 (assertion): "猜测" is not allowed — use STATED, DERIVED, ASSUMED',
      "book.xlsx[企业]:2 sources: it names no source — name the id of a Source, or say that its assertion is ASSUMED",
      expect.stringMatching(/^book\.xlsx\[持股\]:2 id: the id "甲:OWNS:x" is not URL-safe; it is made of the ends/),
      'book.xlsx[持股]:2 C 持股比例 (stake): "一半" is not a number such as 0.25 — correct it, or leave it out',
      'book.xlsx[持股]:2 B 终点编号 (to): there is no node "x" — did you mean "甲"?',
    ]);
  });

  test("stores what a formula gave, and names those that gave an error or nothing", async () => {
    const { entities, faults, unread } = await read([
      {
        name: "企业",
        rows: [["id", "name"], ["a"], ["b"], ["c"], ["d", "#N/A"]],
        cells: new Map([
          ["1,1", { formula: '"甲"&"乙"', formulaResult: "甲乙" }],
          ["2,1", { formula: "A1" }],
          ["3,1", { formula: "6*7", formulaResult: 42 }],
        ]),
      },
    ]);
    expect(entities.map(({ id, properties }) => [id, properties["name"]])).toStrictEqual([
      ["a", "甲乙"],
      ["c", "42"],
    ]);
    expect(faults).toStrictEqual([
      'book.xlsx[企业]:3 B 名称 (name): the formula "=A1" has no stored result — open the file in Excel and save it, or write the value itself',
      'book.xlsx[企业]:5 B 名称 (name): the formula gives the error "#N/A" — correct it, or write the value itself',
    ]);
    expect(unread).toStrictEqual(["b", "d"]);
  });

  test("names sheets and columns it does not know, or that are missing or there twice", async () => {
    const { faults } = await read([
      { name: "企叶", rows: [["编号"], ["a"]] },
      {
        name: "企业",
        rows: [
          ["编号", "名稱", "", "编号"],
          ["a", "甲", "x", "b"],
        ],
      },
      { name: "持股", rows: [["起点编号"], ["a"]] },
    ]);
    const columns = SHEETS.find(({ name }) => name === "企业")!
      .columns.map(({ title }) => title)
      .join("、");
    expect(faults).toStrictEqual([
      `book.xlsx[企叶]:1: there is no kind or type "企叶" — did you mean "企业"? (Put # before the name of a sheet to leave it out.)`,
      `book.xlsx[企业]:1 B 名稱: 企业 has no column "名稱" — did you mean "名称"?`,
      `book.xlsx[企业]:1 C: there are values in a column without a title — the columns are ${columns}; remove it or correct its title`,
      'book.xlsx[企业]:1 D 编号: the sheet has the column "编号" twice — remove one of them',
      'book.xlsx[持股]:1 终点编号: the sheet has no column "终点编号" (to) — add it',
    ]);
  });

  test("takes the data set from the first sheet, unless the caller names one", async () => {
    const described = {
      name: "park",
      title: { zh: "园区", en: "Park" },
      licence: "MIT",
      description: { zh: "示例", en: "A demo" },
    };
    const firms = workbookSheet(SHEETS.find((sheet) => "kind" in sheet && sheet.kind === "Firm")!, []);
    const whole = await writeXlsx({ sheets: [instructionsSheet(described), firms] });
    const [label, value] = [instructionsSheet(described).rows?.find((row) => row[1] === "park") ?? []].flat();
    const named = await writeXlsx({ sheets: [{ name: INSTRUCTIONS_SHEET, rows: [[label ?? null, value ?? null]] }] });
    await using files = await writeFiles({
      "whole.xlsx": whole,
      "named.xlsx": named,
      "none.xlsx": await writeXlsx({ sheets: [firms] }),
    });
    expect((await openXlsxInput(files.path("whole.xlsx"))).dataset).toStrictEqual(described);
    expect((await openXlsxInput(files.path("whole.xlsx"), NAMED)).dataset).toStrictEqual({
      ...described,
      name: "mine",
    });
    expect((await openXlsxInput(files.path("named.xlsx"))).dataset.name).toBe("park");
    await expect(openXlsxInput(files.path("none.xlsx"))).rejects.toThrow("Nothing says which data set this is");
  });

  test("refuses what is no workbook, is damaged, or unpacks to more than it may", async () => {
    const book = await writeXlsx({ sheets: [{ name: "企业", rows: [["id"], ["a"]] }] });
    expect(await refusalOf(Buffer.from("id,name\n"))).toStrictEqual([
      "book.xlsx:1: it is no .xlsx workbook without a password — open it in Excel, save it as Excel Workbook (.xlsx) without one",
    ]);
    const damaged = Buffer.from(book);
    damaged.fill(0, 40, 400);
    expect(await refusalOf(damaged)).toStrictEqual([
      expect.stringMatching(/^book\.xlsx:1: the workbook is damaged \(.*\) — open it in Excel and save it again$/),
    ]);
    expect(await refusalOf(zipOf("xl/workbook.xml", Buffer.alloc(300 * 1024 * 1024)))).toStrictEqual([
      "book.xlsx:1: the workbook unpacks to 300 MiB, more than 256 MiB — bring data of this size in as CSV",
    ]);
    expect(await refusalOf(book, { dataset: "mine", largest: 1024 })).toStrictEqual([
      expect.stringMatching(/^book\.xlsx:1: the workbook unpacks to \d+ MiB, more than 1 MiB — /),
    ]);
  });

  test("reads or refuses a workbook with any bytes broken, and never fails otherwise", async () => {
    const book = await writeXlsx({
      sheets: [
        {
          name: "企业",
          rows: [
            ["id", "name"],
            ["a", "甲"],
          ],
        },
      ],
    });
    const change = fc.tuple(fc.nat(book.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const broken = Buffer.from(book);
        for (const [at, byte] of changes) broken[at] = byte;
        await refusalOf(broken);
      }),
      { numRuns: 100 },
    );
  });

  test("gives back every value that was written to a cell of its column", async () => {
    const text = fc.string({
      unit: fc.constantFrom("甲", "a", ";", "\\", "'", "=", "-", "1", ".", "#"),
      minLength: 1,
      maxLength: 6,
    });
    const definitions = { ...ENTITY_PROPERTIES, ...KINDS.Firm.properties, ...KINDS.Product.properties };
    const { name, aliases, roles, category, elementary, developCost } = definitions;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: text,
          aliases: fc.array(text, { minLength: 1, maxLength: 3 }),
          roles: fc.subarray(["LEADER", "BUYER"], { minLength: 1 }),
          category: fc.constantFrom("PART", "DEVICE"),
          elementary: fc.boolean(),
          developCost: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((cost) => !Object.is(cost, -0)),
        }),
        async (values) => {
          const all = [name, aliases, roles, category, elementary, developCost] as const;
          const given = [
            values.name,
            values.aliases,
            values.roles,
            values.category,
            values.elementary,
            values.developCost,
          ];
          const cells: CellValue[] = given.map((value, index) => writeWorkbookCell(value, all[index]!));
          const { sheets } = await readXlsx(await writeXlsx({ sheets: [{ name: "x", rows: [cells] }] }));
          const row = sheets[0]?.rows[0] ?? [];
          expect(row.map((cell, index) => readWorkbookCell(cell, all[index]!))).toStrictEqual(given);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A zip file with one entry. */
function zipOf(name: string, content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
