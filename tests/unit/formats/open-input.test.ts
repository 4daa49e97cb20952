import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { INPUT_FORMATS, type OpenInputOptions, openInput } from "../../../graph/formats/open-input.ts";
import { writeFiles } from "../../support/files.ts";
import { readInput } from "../../support/read-input.ts";

const FIRM = '{"kind":"Firm","id":"x"}\n';
const NODES = "id:ID,:LABEL\nx,Firm\n";
const ETO = {
  "eto/stages.csv": "stage_id,stage_name,description\nS1,Cutting,\n",
  "eto/inputs.csv": "input_id,input_name,type,stage_id,description\n",
  "eto/providers.csv": "provider_id,provider_name,provider_type,country\n",
  "eto/provision.csv": "provider_id,provided_id,share_provided,negligible_market_share\n",
  "eto/sequence.csv": "input_id,goes_into_id,is_type_of_id\n",
};

/** The ids of the nodes, or the message of the refusal. */
async function idsOf(
  contents: Readonly<Record<string, string | Uint8Array>>,
  names: readonly string[],
  options: OpenInputOptions = {},
): Promise<string[] | string> {
  await using files = await writeFiles(contents);
  try {
    const input = await openInput(names.map(files.path), { dataset: "mine", ...options });
    return (await readInput(input)).entities.map(({ id }) => id);
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(files.folder, "…") : String(error);
  }
}

describe("openInput", () => {
  test("tells each format by the names of its files", async () => {
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"])).toStrictEqual(["x"]);
    expect(await idsOf({ "a/nodes/b.csv": NODES }, ["a"])).toStrictEqual(["x"]);
    expect(await idsOf({ "a.jsonl": FIRM, "b.ndjson": FIRM }, ["a.jsonl", "b.ndjson"])).toStrictEqual(["x", "x"]);
    expect(await idsOf(ETO, ["eto"])).toStrictEqual(["eto-source", "eto-S1"]);
    const book = await writeXlsx({ sheets: [{ name: "企业", rows: [["编号"], ["x"]] }] });
    expect(await idsOf({ "a.xlsx": book }, ["a.xlsx"])).toStrictEqual(["x"]);
  });

  test("takes the format it is told over what the names say", async () => {
    expect(await idsOf({ "a.txt": FIRM }, ["a.txt"], { format: "jsonl" })).toStrictEqual(["x"]);
    const mapping = '{"assertion":"ASSUMED","entities":[{"kind":"Firm","id":"firm-{c}","name":"c"}]}';
    await using files = await writeFiles({ "m.json": mapping });
    const options = { mapping: files.path("m.json") };
    expect(await idsOf({ "a.csv": "c\n7\n" }, ["a.csv"], options)).toStrictEqual(["firm-7"]);
    const guarded = "\uFEFFid:ID,:LABEL\n'-x,Firm\n";
    expect(await idsOf({ "a.csv": guarded }, ["a.csv"], { format: "csv" })).toStrictEqual(["'-x"]);
    expect(await idsOf({ "a.csv": guarded }, ["a.csv"], { format: "csv-excel" })).toStrictEqual(["-x"]);
  });

  test("refuses what it cannot read with the list of formats", async () => {
    const list = Object.keys(INPUT_FORMATS);
    for (const [contents, names, options, beginning] of [
      [{ "a.docx": "" }, ["a.docx"], {}, "…/a.docx is in no format that we read — the formats are:"],
      [{ "a/b.txt": "" }, ["a"], {}, "…/a is in no format that we read — the formats are:"],
      [{}, [], {}, "There is nothing to read — name a file or folder: the formats are:"],
      [
        { "a.csv": NODES },
        ["a.csv"],
        { format: "cvs" },
        'There is no format "cvs" — did you mean "csv"? — the formats are:',
      ],
    ] as const) {
      const message = await idsOf(contents, names, options);
      expect(message).toContain(beginning);
      for (const format of list) expect(message).toContain(`\n  ${format} `);
    }
  });

  test("refuses a missing path, a mixture, and options that do not fit", async () => {
    expect(await idsOf({}, ["none.csv"])).toBe("…/none.csv cannot be read — check the path");
    expect(await idsOf({ "a.csv": NODES, "b.jsonl": FIRM }, ["a.csv", "b.jsonl"])).toBe(
      "One import takes one format, here are csv and jsonl — import one after the other",
    );
    expect(await idsOf(ETO, ["eto", "eto"])).toBe(
      "The format eto takes one path, here are 2 — import one after the other",
    );
    expect(await idsOf(ETO, ["eto"], { variantMode: "SOME" })).toBe('There is no variant mode "SOME" — use ANY or ALL');
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"], { variantMode: "ANY" })).toBe(
      "The variant mode is an option of the format eto, not of csv — leave it out",
    );
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"], { format: "mapping" })).toBe(
      "The format mapping needs a mapping file — name it (--mapping FILE)",
    );
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"], { format: "csv", mapping: "m.json" })).toBe(
      "A mapping goes with the format mapping, not with csv — leave one of them out",
    );
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"], { mapping: "none.json" })).toBe(
      "none.json cannot be read — check the path of the mapping",
    );
    expect(await idsOf({ "a.csv": NODES }, ["a.csv"], { dataset: "No Name" })).toBe(
      '"No Name" cannot name a data set — use lower-case letters, digits and hyphens, at most 64',
    );
  });
});
