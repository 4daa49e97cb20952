import { describe, expect, test } from "vitest";
import {
  countryName,
  formatBounds,
  formatFigure,
  formatNumber,
  formatPercent,
  formatUnit,
  parseLocator,
  safeUrl,
} from "../../../client/i18n/format.ts";

describe("Figures for readers", () => {
  test("keep what the source says before the number", () => {
    expect(formatFigure({ value: 1300, qualifier: "OVER" }, { OVER: "超" }, "zh")).toBe("超 1,300");
    expect(formatFigure({ value: 11000, qualifier: "ABOUT" }, { ABOUT: "about" }, "en")).toBe("about 11,000");
    expect(formatFigure({ value: 490.9, qualifier: "EXACT" }, {}, "zh")).toBe("490.9");
  });

  test("multiply a unit that begins with a number", () => {
    expect(formatUnit("100 million yuan")).toBe("× 100 million yuan");
    expect(formatUnit("亿元")).toBe("亿元");
  });

  test("show one figure where the bounds agree, else both", () => {
    const percent = (value: number): string => formatPercent(value, "en");
    expect(formatBounds({ low: 0.25, high: 0.25 }, percent)).toBe("25%");
    expect(formatBounds({ low: 0, high: 0.879 }, percent)).toBe("0% – 87.9%");
    expect(formatNumber(0.123456, "en")).toBe("0.12");
  });
});

describe("Places and addresses", () => {
  test("read paragraph and sentence, and leave other places alone", () => {
    expect(parseLocator("7.3")).toStrictEqual({ p: "7", s: "3" });
    expect(parseLocator("Table 2")).toBeNull();
    expect(parseLocator("7.3.1")).toBeNull();
  });

  test("name countries in the reader's language", () => {
    expect([countryName("US", "zh"), countryName("NL", "en"), countryName("<b>", "en")]).toStrictEqual([
      "美国",
      "Netherlands",
      "<b>",
    ]);
    expect(countryName("TW", "en")).toBe("Taiwan, China");
  });

  test("open only http and https addresses", () => {
    expect(safeUrl("https://example.org/a b")).toBe("https://example.org/a%20b");
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "/relative", "", null, undefined])
      expect(safeUrl(bad)).toBeNull();
  });
});
