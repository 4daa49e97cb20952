import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type CsvInputOptions, openCsvInput } from "../../../graph/formats/csv-input.ts";
import { InvalidRecordsError } from "../../../graph/validation/faults.ts";
import { lineInBoth } from "../../support/both-languages.ts";
import { writeFiles } from "../../support/files.ts";
import { type InputReading, readInput } from "../../support/read-input.ts";

type Contents = Readonly<Record<string, string | Uint8Array>>;

async function readFiles(contents: Contents, options: CsvInputOptions = { dataset: "mine" }): Promise<InputReading> {
  await using files = await writeFiles(contents);
  const paths = Object.keys(contents).map(files.path);
  return await readInput(await openCsvInput(paths, options));
}

async function faultsOf(contents: Contents): Promise<string[]> {
  try {
    return (await readFiles(contents)).faults;
  } catch (error) {
    if (error instanceof InvalidRecordsError) return error.faults.map(lineInBoth);
    throw error;
  }
}

/** "id:ID,name,:LABEL\nsmic,中芯国际,Firm\n" in GB18030. */
const GB18030 = Buffer.concat([
  Buffer.from("id:ID,name,:LABEL\nsmic,"),
  Uint8Array.from([0xd6, 0xd0, 0xd0, 0xbe, 0xb9, 0xfa, 0xbc, 0xca]),
  Buffer.from(",Firm\n"),
]);

describe("openCsvInput", () => {
  test("reads several files, packed or not, by their headers, in groups of ids", async () => {
    const reading = await readFiles({
      "links-1.csv": ":START_ID(Firm),:END_ID(Item),:TYPE,share:double\nfirm-a,item,SUPPLIES,0.5\n",
      "firms.csv.gz": gzipSync("id:ID(Firm),name,aliases:string[],:LABEL\nfirm-a,甲,a;b,Entity;Firm\n"),
      "items.csv": "id:ID(Item),category,dataset,:LABEL\nitem,PART,other,Product\n",
    });
    expect(reading).toStrictEqual({
      entities: [
        {
          id: "firm-a",
          kind: "Firm",
          properties: { dataset: "mine", name: "甲", aliases: ["a", "b"] },
          place: { file: "firms.csv.gz", row: 2 },
        },
        {
          id: "item",
          kind: "Product",
          properties: { dataset: "other", category: "PART" },
          place: { file: "items.csv", row: 2 },
        },
      ],
      relationships: [
        {
          id: "firm-a:SUPPLIES:item",
          type: "SUPPLIES",
          from: "firm-a",
          to: "item",
          properties: { dataset: "mine", share: 0.5 },
          place: { file: "links-1.csv", row: 2 },
        },
      ],
      faults: [],
      unread: [],
    });
  });

  test("reads a folder with dataset.json, whose name gives way to the caller's", async () => {
    const described = {
      name: "demo",
      title: { zh: "示例", en: "Demo" },
      licence: "CC0-1.0",
      description: { zh: "示例", en: "A demo" },
    };
    await using files = await writeFiles({
      "some folder/dataset.json": JSON.stringify(described),
      "some folder/nodes/firm.csv": "id:ID,:LABEL\nfirm-a,Firm\n",
    });
    const own = await openCsvInput([files.path("some folder")]);
    const renamed = await openCsvInput([files.path("some folder")], { dataset: "mine" });
    expect([own.dataset, renamed.dataset]).toStrictEqual([described, { ...described, name: "mine" }]);
    expect(own.size).toBe(25);
    const entity = { id: "firm-a", kind: "Firm", place: { file: "some folder/nodes/firm.csv", row: 2 } };
    expect([(await readInput(own)).entities, (await readInput(renamed)).entities]).toStrictEqual([
      [{ ...entity, properties: { dataset: "demo" } }],
      [{ ...entity, properties: { dataset: "mine" } }],
    ]);
  });

  test("reads a folder of data sets, each with its own name", async () => {
    const describe = (name: string) => ({
      name,
      title: { zh: name, en: name },
      licence: "CC0-1.0",
      description: { zh: "示例", en: "A demo" },
    });
    await using files = await writeFiles({
      "out/one/dataset.json": JSON.stringify(describe("one")),
      "out/one/nodes/Firm.csv": "id:ID,:LABEL\nfirm-a,Firm\n",
      "out/two/dataset.json": JSON.stringify(describe("two")),
      "out/two/nodes/Firm.csv": "id:ID,:LABEL\nfirm-b,Firm\n",
      "out/notes/readme.txt": "",
    });
    const input = await openCsvInput([files.path("out")]);
    expect([input.dataset, input.others]).toStrictEqual([describe("one"), [describe("two")]]);
    expect((await readInput(input)).entities).toStrictEqual([
      { id: "firm-a", kind: "Firm", properties: { dataset: "one" }, place: { file: "one/nodes/Firm.csv", row: 2 } },
      { id: "firm-b", kind: "Firm", properties: { dataset: "two" }, place: { file: "two/nodes/Firm.csv", row: 2 } },
    ]);
  });

  test("takes Excel's guard off what Excel saved, once, and leaves exact files as they are", async () => {
    const content = "id:ID,name,nameEn,description,:LABEL\nx,'=1,''=1,'x,Firm\n";
    const names = async (files: Contents, options?: CsvInputOptions) =>
      (await readFiles(files, { dataset: "mine", ...options })).entities.map(({ properties }) => properties);
    const exact = { dataset: "mine", name: "'=1", nameEn: "''=1", description: "'x" };
    const unguarded = { dataset: "mine", name: "=1", nameEn: "'=1", description: "'x" };
    expect(await names({ "a.csv": content })).toStrictEqual([exact]);
    expect(await names({ "a.csv": `\uFEFF${content}` })).toStrictEqual([unguarded]);
    expect(await names({ "a.csv": content }, { guarded: true })).toStrictEqual([unguarded]);
    expect(await names({ "a.csv": `\uFEFF${content}` }, { guarded: false })).toStrictEqual([exact]);
  });

  test("reads UTF-16 with and without a mark, and GB18030", async () => {
    const utf16 = Buffer.from("id:ID,name,:LABEL\nsmic,中芯国际,Firm\n", "utf16le");
    const marked = Buffer.concat([Uint8Array.from([0xff, 0xfe]), utf16]);
    for (const content of [utf16, marked, Buffer.from(utf16).swap16(), GB18030]) {
      const { entities, faults } = await readFiles({ "a.csv": content });
      expect([faults, entities.map(({ properties }) => properties["name"])]).toStrictEqual([[], ["中芯国际"]]);
    }
  });

  test("refuses text that lost its characters, and UTF-8 with broken bytes rather than read it as GB18030", async () => {
    const lost = `id:ID,name,:LABEL\n${"smic,\uFFFD\uFFFDо\uFFFD\uFFFD,Firm\n".repeat(3)}`;
    expect(await faultsOf({ "a.csv": lost })).toStrictEqual([
      "a.csv:1: 12 of its 66 characters are lost: it was saved in the wrong encoding — save the original as UTF-8 again",
    ]);
    const broken = Buffer.from(`id:ID,name,:LABEL\n${"smic,中芯国际集成电路,Firm\n".repeat(9)}`);
    broken[broken.indexOf("芯") + 1] = 0x20;
    expect(await faultsOf({ "a.csv": broken })).toStrictEqual([
      expect.stringMatching(/^a\.csv:1: \d of its \d+ characters are lost: it was saved in the wrong encoding/),
    ]);
  });

  test("names ragged rows, and does not lose the rows around them", async () => {
    const { entities, faults, unread } = await readFiles({
      "a.csv": "id:ID,name,:LABEL\nx,甲,Firm\ny,乙,丙,Firm\nz,丁,Firm\nw,戊,Frim\n",
    });
    expect(entities.map(({ id }) => id)).toStrictEqual(["x", "z"]);
    expect(faults).toStrictEqual([
      "a.csv:3: the row has 4 cells, the header 3 — put a cell that holds a comma in quotes, or add the missing commas",
      'a.csv:5 :LABEL: there is no kind "Frim" — did you mean "Firm"?',
    ]);
    expect(unread).toStrictEqual(["y", "w"]);
  });

  test("names a line of 100 MB, bytes that are no text, and files that nothing can be made of", async () => {
    const huge = Buffer.concat([Buffer.from("id:ID,:LABEL\n"), Buffer.alloc(100_000_000, "a")]);
    expect(await faultsOf({ "a.csv": huge })).toStrictEqual([
      "a.csv:2: a record is longer than 1000000 characters — look for a quote that is not closed",
    ]);
    expect(
      await faultsOf({
        "binary.csv": Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xff, 0, 1]),
        "empty.csv": "",
        "others.csv": "company,country\nx,CN\n",
      }),
    ).toStrictEqual([
      "binary.csv:1: not readable as UTF-8, UTF-16 or GB18030 text — save the file as CSV UTF-8",
      "empty.csv:1: the file has no header — add one or remove it",
      "others.csv:1: the header names neither nodes (id:ID and :LABEL) nor relationships (:START_ID, :END_ID and :TYPE) — add these columns, or describe the file by a mapping (--mapping FILE)",
    ]);
  });

  test("names a folder in which there is nothing to read", async () => {
    await using files = await writeFiles({ "notes/read-me.txt": "" });
    const failure: unknown = await openCsvInput([files.path("notes")]).catch((error: unknown) => error);
    expect(failure instanceof InvalidRecordsError && failure.faults.map(lineInBoth)).toStrictEqual([
      "notes:1: there is no .csv or .csv.gz file in this folder — put at least one there",
    ]);
  });

  test("passes a NUL on to the checks, which name its cell", async () => {
    const { entities } = await readFiles({ "a.csv": "id:ID,name,:LABEL\nx,甲\0乙,Firm\n" });
    expect(entities.map(({ properties }) => properties["name"])).toStrictEqual(["甲\0乙"]);
  });
});
