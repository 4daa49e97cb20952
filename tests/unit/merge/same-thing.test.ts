import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coreName, coreWithoutPlace, stockListing } from "../../../graph/merge/core-name.ts";
import { proposeMerges } from "../../../graph/merge/same-thing.ts";
import type { Kind } from "../../../graph/ontology.ts";
import type { EntityRecord, PropertyValues } from "../../../graph/records.ts";

function entity(id: string, properties: PropertyValues, kind: Kind = "Firm"): EntityRecord {
  return { id, kind, properties: { dataset: "test", assertion: "ASSUMED", ...properties } };
}

/** What is proposed of two entities: the score and the codes of what speaks for and against it. */
function verdict(a: PropertyValues, b: PropertyValues, kind: Kind = "Firm") {
  const [proposal] = proposeMerges([entity("a", a, kind), entity("b", b, kind)], 0);
  if (proposal === undefined) return undefined;
  const codes = [...proposal.reasons, ...proposal.doubts].map(({ code }) => code);
  return [Number(proposal.score.toFixed(3)), ...codes];
}

describe("the core of a name", () => {
  test.each([
    ["北方华创科技集团股份有限公司", "北方华创科技"],
    ["福建省晋华集成电路有限公司", "福建省晋华集成电路"],
    ["三安光电（泉州）有限责任公司", "三安光电泉州"],
    ["ＡＳＭＬ　Holding N.V.", "asml"],
    ["Applied Materials, Inc.", "appliedmaterials"],
    ["Tokyo Electron Co., Ltd.", "tokyoelectron"],
    ["Carl Zeiss SMT GmbH & Co. KG", "carlzeisssmt"],
    ["Infineon Technologies AG", "infineontechnologies"],
    ["株式会社ディスコ", "ディスコ"],
    ["信越化学工業株式会社", "信越化学工業"],
    ["Air Liquide S.A.", "airliquide"],
    ["Group", "group"],
    ["有限公司", "有限公司"],
    ["C++ tools", "c++tools"],
  ])("of %s is %s", (name, core) => {
    expect(coreName(name)).toBe(core);
  });

  test("is plain lower case, whatever the legal form behind it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const core = coreName(name);
        expect(core).toBe(core.normalize("NFKC").toLowerCase());
        if (core !== "") expect(coreName(`${name} 有限公司`)).toBe(core);
      }),
    );
  });

  test("goes without the place in front of it where enough is left", () => {
    expect(coreWithoutPlace("福建省晋华集成电路", undefined)).toBe("晋华集成电路");
    expect(coreWithoutPlace("泉州三安半导体", "泉州市")).toBe("三安半导体");
    expect(coreWithoutPlace("泉州湾", "泉州市")).toBe("泉州湾");
    expect(coreWithoutPlace("三安半导体", "泉州市")).toBe("三安半导体");
  });
});

test("a stock code is a symbol and an exchange, however it is written", () => {
  expect(
    ["002371.SZ", "SZ002371", "SZSE:002371", "002371", "ASML.AS", "NASDAQ:ASML", "a b c"].map(stockListing),
  ).toStrictEqual([
    { symbol: "002371", exchange: "SZ" },
    { symbol: "002371", exchange: "SZ" },
    { symbol: "002371", exchange: "SZ" },
    { symbol: "002371" },
    { symbol: "ASML", exchange: "AS" },
    { symbol: "ASML", exchange: "NASDAQ" },
    undefined,
  ]);
});

describe("proposals to merge", () => {
  test("rest on names without legal forms, width, case and signs, on aliases and on codes", () => {
    expect(verdict({ name: "ＡＳＭＬ" }, { name: "asml" })).toStrictEqual([0.9, "SAME_NAME"]);
    expect(verdict({ name: "北方华创股份有限公司" }, { name: "北方华创" })).toStrictEqual([0.8, "SAME_CORE_NAME"]);
    expect(
      verdict({ name: "应用材料", nameEn: "Applied Materials" }, { name: "Applied Materials, Inc." }),
    ).toStrictEqual([0.8, "SAME_CORE_NAME"]);
    expect(verdict({ name: "晋华" }, { name: "JHICC", aliases: ["晋华有限公司"] })).toStrictEqual([
      0.45,
      "ALIAS_IS_NAME",
    ]);
    expect(verdict({ name: "甲乙丙", aliases: ["JHICC"] }, { name: "丁", aliases: ["jhicc"] })).toStrictEqual([
      0.5,
      "SHARED_ALIAS",
    ]);
    expect(verdict({ name: "福建省晋华集成电路有限公司" }, { name: "晋华集成电路" })).toStrictEqual([
      0.4,
      "SAME_NAME_BUT_FOR_PLACE",
    ]);
    expect(
      verdict({ name: "甲", creditCode: "91350500MA2XYZ1234" }, { name: "乙", creditCode: "91350500MA2XYZ1234" }),
    ).toStrictEqual([0.99, "CREDIT_CODE"]);
    expect(verdict({ name: "甲", stockCode: "002371.SZ" }, { name: "乙", stockCode: "SZ002371" })).toStrictEqual([
      0.95,
      "STOCK_CODE",
    ]);
    expect(
      verdict({ name: "三安光电", stockCode: "600703" }, { name: "三安光电", stockCode: "600703.SH" }),
    ).toStrictEqual([0.995, "STOCK_CODE", "SAME_NAME"]);
  });

  test("lose by what contradicts them; two credit codes are two firms", () => {
    expect(verdict({ name: "环球晶圆", country: "TW" }, { name: "环球晶圆", country: "US" })).toStrictEqual([
      0.36,
      "SAME_NAME",
      "OTHER_COUNTRY",
    ]);
    expect(
      verdict({ name: "同名", creditCode: "91350500MA2XYZ1234" }, { name: "同名", creditCode: "91350500MA2XYZ9999" }),
    ).toBeUndefined();
    expect(verdict({ name: "三安", stockCode: "600703.SH" }, { name: "三安", stockCode: "600704.SH" })).toStrictEqual([
      0.162,
      "SAME_NAME",
      "OTHER_STOCK_CODE",
    ]);
    expect(
      verdict({ name: "光刻胶", category: "MATERIAL" }, { name: "光刻胶", category: "PROCESS" }, "Product"),
    ).toStrictEqual([0.36, "SAME_NAME", "OTHER_CATEGORY"]);
    expect(verdict({ name: "甲乙丙", stockCode: "7000.TYO" }, { name: "丁", stockCode: "7000.HK" })).toBeUndefined();
  });

  test("are never made between kinds, of figures, or of names that have nothing in common", () => {
    expect(proposeMerges([entity("a", { name: "三安" }), entity("b", { name: "三安" }, "Fund")], 0)).toStrictEqual([]);
    expect(verdict({ name: "产值" }, { name: "产值" }, "Indicator")).toBeUndefined();
    expect(verdict({ name: "三安光电" }, { name: "三安集成" })).toBeUndefined();
  });

  test("keep the one that is stated, else known better, else first by id", () => {
    const [byAssertion] = proposeMerges([
      entity("a", { name: "三安光电", nameEn: "San'an", region: "厦门" }),
      entity("b", { name: "三安光电", assertion: "STATED" }),
    ]);
    expect(byAssertion).toMatchObject({ keep: "b", drop: "a" });
    const [byKnowledge] = proposeMerges([
      entity("a", { name: "三安光电" }),
      entity("b", { name: "三安光电", region: "厦门" }),
    ]);
    expect(byKnowledge).toMatchObject({ keep: "b", drop: "a" });
    const [byId] = proposeMerges([entity("b", { name: "三安光电" }), entity("a", { name: "三安光电" })]);
    expect(byId).toMatchObject({ keep: "a", drop: "b", reasons: [{ values: ["三安光电", "三安光电"] }] });
  });

  test("do not depend on the order of the entities, come surest first, and stay few where many share a name", () => {
    const many = Array.from({ length: 300 }, (_, index) => entity(`x${index}`, { name: "无名项目" }));
    const some = [entity("a", { name: "三安光电" }), entity("b", { name: "三安光电有限公司" }), ...many];
    const proposals = proposeMerges(some);
    expect(proposeMerges(some.toReversed())).toStrictEqual(proposals);
    expect(proposals.length).toBe(300);
    expect(proposals.at(-1)).toMatchObject({ keep: "a", drop: "b", score: expect.closeTo(0.8) });
  });
});
