import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../../graph/import/ingest.ts";
import type { Kind } from "../../../graph/ontology.ts";
import type { PropertyValues } from "../../../graph/records.ts";
import { type Api, openApi } from "../../support/api.ts";
import { describeEachEngine } from "../../support/engines.ts";

const entity = (id: string, kind: Kind, properties: PropertyValues) => ({
  id,
  kind,
  properties: { dataset: "test", assertion: "ASSUMED", ...properties },
});

const ENTITIES = [
  entity("firm-naura", "Firm", {
    name: "北方华创",
    nameEn: "NAURA Technology",
    aliases: ["七星电子", "Sevenstar"],
    stockCode: "002371.SZ",
    creditCode: "91110000726377528T",
    country: "CN",
  }),
  entity("firm-asml", "Firm", { name: "阿斯麦", nameEn: "ASML", aliases: ["ＡＳＭ Ｌithography"], country: "NL" }),
  entity("firm-asml-cn", "Firm", { name: "阿斯麦中国", nameEn: "ASML China", country: "CN" }),
  entity("firm-old", "Firm", { name: "前阿斯麦员工创业公司", country: "CN" }),
  entity("us", "Jurisdiction", { name: "美国", nameEn: "United States", code: "US" }),
  entity("firm-usi", "Firm", { name: "USI", country: "CN" }),
  entity("item-b", "Product", { name: "光刻设备", category: "EQUIPMENT" }),
  entity("item-a", "Product", { name: "光刻设备", category: "EQUIPMENT" }),
  entity("item-long", "Product", { name: "极紫外光刻设备", category: "EQUIPMENT" }),
  entity("policy", "Policy", { name: "若干措施", documentNumber: "泉政办〔2024〕5号" }),
];

describeEachEngine("search", (engine) => {
  let api: Api;
  beforeAll(async () => {
    const store = await engine.open();
    await ingest(store, { entities: ENTITIES, relationships: [] });
    api = openApi(store);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const CASES = [
    ["a Chinese name", "北方华创", ["firm-naura EXACT"]],
    ["an English name, whatever its case", "naura technology", ["firm-naura EXACT"]],
    ["an old name", "七星电子", ["firm-naura EXACT"]],
    ["a short name's beginning", "seven", ["firm-naura PREFIX"]],
    ["a stock code with its exchange", "002371.sz", ["firm-naura CODE"]],
    ["a stock code without it", "002371", ["firm-naura CODE"]],
    ["a part of a stock code", "2371", ["firm-naura SUBSTRING"]],
    ["a credit code", "91110000726377528t", ["firm-naura CODE"]],
    ["an id", "firm-naura", ["firm-naura CODE"]],
    ["full-width letters in the text", "ＡＳＭＬ", ["firm-asml EXACT", "firm-asml-cn PREFIX"]],
    ["full-width letters in the name", "asm lithography", ["firm-asml EXACT"]],
    ["a document's number", "泉政办〔2024〕5号", ["policy CODE"]],
    [
      "exact before prefix before substring",
      "阿斯麦",
      ["firm-asml EXACT", "firm-asml-cn PREFIX", "firm-old SUBSTRING"],
    ],
    ["a country's code before names that begin so", "us", ["us CODE", "firm-usi PREFIX"]],
    ["the shorter name first, then the id", "光刻", ["item-a PREFIX", "item-b PREFIX", "item-long SUBSTRING"]],
    ["every word, in any order", "设备 极紫外", ["item-long SUBSTRING"]],
    ["words of two languages", "华创 naura", ["firm-naura SUBSTRING"]],
    ["signs as themselves", ".*", []],
    ["only one of two words", "北方 阿斯麦", []],
  ] as const;
  test.each(CASES)("finds %s", async (_, text, expected) => {
    const query = `query ($text: String!) { search(text: $text) { match entity { id } } }`;
    const { data } = await api.ask(query, { text });
    const { search } = data as { readonly search: readonly { match: string; entity: { id: string } }[] };
    expect(search.map(({ match, entity: { id } }) => `${id} ${match}`)).toStrictEqual(expected);
  });

  test("keeps to the kinds and the number asked for", async () => {
    const { data } = await api.ask(`{
      firms: search(text: "us", kinds: [Firm]) { entity { id } }
      first: search(text: "光刻", first: 1) { entity { id } }
    }`);
    expect(data).toStrictEqual({ firms: [{ entity: { id: "firm-usi" } }], first: [{ entity: { id: "item-a" } }] });
  });
});
