import { describe, expect, test } from "vitest";
import { openEtoInput } from "../../../graph/formats/eto-input.ts";
import { NOTHING_KNOWN, validateBatch } from "../../../graph/validation/validate.ts";
import { type Files, writeFiles } from "../../support/files.ts";
import { readInput } from "../../support/read-input.ts";

/** Made by hand in the data set's format; none of it is the data set's. */
const FILES = {
  "stages.csv": "\uFEFFstage_id,stage_name,description\nS1,Cutting,First.\nS2,Polishing,\n",
  "inputs.csv":
    "\uFEFFinput_name,input_id,type,stage_name,stage_id,description,market_share_chart_global_market_size_info\n" +
    'Lens,N1,ultimate_output,Polishing,S2,"A lens, finished.",$1.5 billion (2019)\n' +
    "Saws,N2,tool_resource,,,,about $2 million\n" +
    "Wire saws,N3,tool_resource,,,,$85 million (2019)\n" +
    "Glass,N4,material_resource,,,,\n" +
    "Cut,N5,process,Cutting,S1,,\n",
  "providers.csv":
    "provider_name,provider_id,provider_type,country\nMAL,P1,country,\nVarious,P2,country,\nGlass AG,P3,organization,DEU\nSaw Co,P4,organization,\n",
  "sequence.csv":
    "input_name,input_id,goes_into_name,goes_into_id,is_type_of_name,is_type_of_id\nSaws,N2,Cut,N5,,\nWire saws,N3,,,Saws,N2\nCut,N5,Lens,N1,,\nCut,N5,Lens,N1,,\n",
  "provision.csv":
    "provider_name,provider_id,provided_name,provided_id,share_provided,negligible_market_share\nMAL,P1,Cutting,S1,29%,\nVarious,P2,Glass,N4,7%,\nGlass AG,P3,Glass,N4,,\nSaw Co,P4,Wire saws,N3,,negligible\nGlass AG,P3,Glass,N4,,\n",
};

async function writeEto(changes: Readonly<Record<string, string>> = {}): Promise<Files> {
  return await writeFiles({ ...FILES, ...changes });
}

const fact = (place: string) => ({ dataset: "eto", sources: ["eto-source"], locator: place, assertion: "STATED" });
const at = (place: string) => {
  const [file = "", row] = place.split(":");
  return { properties: fact(place), place: { file, row: Number(row) } };
};

describe("openEtoInput", () => {
  test("reads stages, inputs, providers, sequence and provisions, each fact with its source and row", async () => {
    await using files = await writeEto();
    const { entities, relationships, faults } = await readInput(
      await openEtoInput(files.folder, { variantMode: "ALL" }),
    );
    const node = (id: string, kind: string, place: string, own: object) => {
      const { properties, place: read } = at(place);
      return { id, kind, properties: { ...properties, ...own }, place: read };
    };
    expect(faults).toStrictEqual([]);
    expect(entities.slice(1)).toStrictEqual([
      node("eto-S1", "Stage", "stages.csv:2", {
        name: "Cutting",
        nameEn: "Cutting",
        descriptionEn: "First.",
        order: 0,
      }),
      node("eto-S2", "Stage", "stages.csv:3", { name: "Polishing", nameEn: "Polishing", order: 1 }),
      node("eto-N1", "Product", "inputs.csv:2", {
        name: "Lens",
        nameEn: "Lens",
        descriptionEn: "A lens, finished.",
        category: "DEVICE",
        marketSizeUsd: 1_500_000_000,
      }),
      node("eto-N2", "Product", "inputs.csv:3", {
        name: "Saws",
        nameEn: "Saws",
        category: "EQUIPMENT",
        variantMode: "ALL",
      }),
      node("eto-N3", "Product", "inputs.csv:4", {
        name: "Wire saws",
        nameEn: "Wire saws",
        category: "EQUIPMENT",
        marketSizeUsd: 85_000_000,
      }),
      node("eto-N4", "Product", "inputs.csv:5", { name: "Glass", nameEn: "Glass", category: "MATERIAL" }),
      node("eto-N5", "Product", "inputs.csv:6", { name: "Cut", nameEn: "Cut", category: "PROCESS" }),
      node("eto-P1", "Jurisdiction", "providers.csv:2", { name: "马来西亚", nameEn: "Malaysia", code: "MY" }),
      node("eto-P2", "Firm", "providers.csv:3", {
        name: "其他（未具名）",
        nameEn: "Various",
        description: "数据集未具名的其他供应方，国别未知；不是一家企业。",
        descriptionEn: "Further providers that the data set does not name, of unknown countries; not one firm.",
      }),
      node("eto-P3", "Firm", "providers.csv:4", { name: "Glass AG", nameEn: "Glass AG", country: "DE" }),
      node("eto-P4", "Firm", "providers.csv:5", { name: "Saw Co", nameEn: "Saw Co" }),
    ]);
    const link = (from: string, type: string, to: string, place: string, own: object = {}) => {
      const { properties, place: read } = at(place);
      return { id: `${from}:${type}:${to}`, type, from, to, properties: { ...properties, ...own }, place: read };
    };
    const shareBasis = "世界市场，约2021年 (world market, about 2021)";
    expect(relationships).toStrictEqual([
      link("eto-N1", "PART_OF", "eto-S2", "inputs.csv:2"),
      link("eto-N5", "PART_OF", "eto-S1", "inputs.csv:6"),
      link("eto-N5", "REQUIRES", "eto-N2", "sequence.csv:2"),
      link("eto-N3", "VARIANT_OF", "eto-N2", "sequence.csv:3"),
      link("eto-N1", "REQUIRES", "eto-N5", "sequence.csv:4"),
      link("eto-P1", "SUPPLIES", "eto-S1", "provision.csv:2", { share: 0.29, shareBasis }),
      link("eto-P2", "SUPPLIES", "eto-N4", "provision.csv:3", { share: 0.07, shareBasis }),
      link("eto-P3", "SUPPLIES", "eto-N4", "provision.csv:4", { level: "MAJOR" }),
      link("eto-P4", "SUPPLIES", "eto-N3", "provision.csv:5", { level: "NEGLIGIBLE" }),
    ]);
    expect(validateBatch({ entities, relationships }, NOTHING_KNOWN)).toStrictEqual([]);
  });

  test("describes the source with its licence, and states no mode of a class unless told", async () => {
    await using files = await writeEto();
    const input = await openEtoInput(files.folder, { dataset: "chips" });
    expect([input.dataset.name, input.dataset.licence]).toStrictEqual(["chips", "CC BY-NC 4.0"]);
    const { entities } = await readInput(input);
    expect(entities[0]).toStrictEqual({
      id: "eto-source",
      kind: "Source",
      properties: {
        dataset: "chips",
        name: "先进半导体供应链数据集",
        nameEn: "Advanced Semiconductor Supply Chain Dataset",
        title: "Advanced Semiconductor Supply Chain Dataset",
        publisher:
          "Emerging Technology Observatory, Center for Security and Emerging Technology, Georgetown University",
        url: "https://eto.tech/dataset-docs/chipexplorer/",
        licence: "CC BY-NC 4.0",
        sources: ["eto-source"],
        assertion: "STATED",
      },
    });
    expect(entities.filter(({ properties }) => "variantMode" in properties)).toStrictEqual([]);
  });

  test("names what it does not know, with row, column and remedy", async () => {
    const { "provision.csv": provision, "sequence.csv": sequence, "providers.csv": providers } = FILES;
    await using files = await writeEto({
      "stages.csv": "stage,stage_name,description\nS1,Cutting,\n",
      "inputs.csv": FILES["inputs.csv"].replace("process", "proces"),
      "providers.csv": `${providers}ZZZ,P5,country,\nSome,P6,firm,\nOther,P7,organization,XYZ\n`,
      "sequence.csv": `${sequence}Cut,N5,,,,\n`,
      "provision.csv": `${provision}Glass AG,P3,Glass,N4,5%,\nMAL,P1,Glass,N4,130%,\nMAL,P1,Saws,N2,,small\n`,
    });
    const { faults, unread } = await readInput(await openEtoInput(files.folder));
    expect(faults).toStrictEqual([
      'stages.csv:1 stage_id: the header has no column "stage_id" — it has stage, stage_name, description',
      'inputs.csv:6 type: there is no type of input "proces" — did you mean "process"?',
      'providers.csv:6 provider_name: "ZZZ" is no country that we know — write its ISO 3166-1 alpha-3 code',
      'providers.csv:7 provider_type: there is no type of provider "firm" — it is country or organization',
      'providers.csv:8 country: "XYZ" is no country that we know — write its ISO 3166-1 alpha-3 code',
      "sequence.csv:6 goes_into_id: it says neither what the input goes into nor what it is a type of — fill in one of the two",
      "provision.csv:7: an earlier row says otherwise of eto-P3 and eto-N4 — keep one of the two",
      'provision.csv:8 share_provided: "130%" is no share — write a percentage such as 61%, or leave it empty where it is unknown',
      'provision.csv:9 negligible_market_share: "small" is not known here — write negligible, or leave it empty',
    ]);
    expect(unread).toStrictEqual(["eto-N5", "eto-P5", "eto-P6", "eto-P7"]);
  });

  const folder = process.env["LIANTU_ETO_DIR"];
  if (folder === undefined)
    process.stdout.write("Skipped: the real ETO data set is not read. Set LIANTU_ETO_DIR to its folder.\n");
  test.skipIf(folder === undefined)(
    "reads the real data set without a fault, and counts what its README does",
    async () => {
      const { entities, relationships, faults } = await readInput(await openEtoInput(folder!, { variantMode: "ANY" }));
      expect(faults).toStrictEqual([]);
      expect(validateBatch({ entities, relationships }, NOTHING_KNOWN)).toStrictEqual([]);
      const count = (names: readonly string[]) =>
        Object.fromEntries(
          [...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length]),
        );
      expect(count(entities.map(({ kind }) => kind))).toStrictEqual({
        Firm: 275,
        Jurisdiction: 19,
        Product: 79,
        Source: 1,
        Stage: 3,
      });
      expect(count(relationships.map(({ type }) => type))).toStrictEqual({
        PART_OF: 12,
        REQUIRES: 62,
        SUPPLIES: 659,
        VARIANT_OF: 31,
      });
      const offers = relationships.filter(({ type }) => type === "SUPPLIES");
      // 46 rows are of stages; the row that is there twice is one of them.
      expect(offers.filter(({ to }) => to.startsWith("eto-S"))).toHaveLength(45);
      expect(count(offers.map(({ properties }) => String(properties["level"] ?? "a share")))).toStrictEqual({
        MAJOR: 380,
        NEGLIGIBLE: 73,
        "a share": 206,
      });
    },
  );
});
