import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise, searchText } from "../../graph/search-text.ts";

test("normalise makes full-width, upper-case and spaced text alike", () => {
  expect(normalise("  ＡＳＭＬ　Holding\n N.V. ")).toBe("asml holding n.v.");
});

test("normalise changes nothing the second time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(normalise(normalise(text))).toBe(normalise(text));
    }),
  );
});

test("searchText holds names, aliases, codes and the id once each, one a line, and no description", () => {
  const properties = {
    name: "晋华",
    nameEn: "JHICC",
    aliases: ["jhicc", "福建省晋华集成电路"],
    stockCode: "６８８.SH",
    description: "存储器",
    country: "CN",
  };
  expect(searchText({ id: "firm-jhicc", properties })).toBe("晋华\njhicc\n福建省晋华集成电路\n688.sh\nfirm-jhicc");
});
