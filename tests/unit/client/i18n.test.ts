import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { en } from "../../../client/i18n/en.ts";
import { fill } from "../../../client/i18n/fill.ts";
import { zh } from "../../../client/i18n/zh.ts";
import { GAP_TYPES, VIEW_NAMES } from "../../../client/state/permalink.ts";
import { typeDefs } from "../../../server/generated/type-defs.ts";

const english: Readonly<Record<string, string>> = en;
const chinese: Readonly<Record<string, string>> = zh;
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort();

/** The page's code as one text, without its dictionaries. */
function sourcesOf(folder: URL): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(zh|en|graphql-env\.d)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
}

/** The values of an enum of the schema. */
function valuesOf(name: string): string[] {
  const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(typeDefs)?.[1] ?? "";
  return body
    .replace(/"[^"]*"/g, "")
    .split(/\s+/)
    .filter((word) => word !== "");
}

describe("The words of the page", () => {
  test("are the same keys in both languages, none of them empty", () => {
    expect(Object.keys(english).sort()).toStrictEqual(Object.keys(chinese).sort());
    for (const words of [english, chinese])
      for (const [key, text] of Object.entries(words)) expect(text.trim(), key).not.toBe("");
  });

  test("have the same places to fill in both languages", () => {
    for (const [key, text] of Object.entries(chinese))
      expect(places(english[key] ?? ""), key).toStrictEqual(places(text));
  });

  test("are Chinese in Chinese, and have no Chinese in English but the other language's name", () => {
    for (const [key, text] of Object.entries(english))
      if (key !== "language") expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    const withoutChinese = Object.entries(chinese).filter(([, text]) => !/[\u4e00-\u9fff，、：…]/.test(text));
    expect(withoutChinese.map(([key]) => key).sort()).toStrictEqual(["language", "locator.other"]);
  });

  test.each([
    ["gap", "GapType"],
    ["cause", "GapType"],
    ["verdict", "Verdict"],
    ["plan.verdict", "Verdict"],
    ["plan", "Optimality"],
    ["scope", "ResourceScope"],
    ["way", "WayKind"],
    ["change", "PlanChange"],
    ["reason", "PlanReason"],
    ["why", "PassedOverReason"],
    ["region", "SourcingRegion"],
    ["basis", "AttributionBasis"],
    ["assertion", "Assertion"],
  ])("name every value that the schema may answer: %s.* for %s", (prefix, name) => {
    const values = valuesOf(name);
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => !Object.hasOwn(chinese, `${prefix}.${value}`))).toStrictEqual([]);
  });

  test("know the types of gaps and the views that a URL may name", () => {
    expect([...GAP_TYPES].sort()).toStrictEqual(valuesOf("GapType").sort());
    for (const view of VIEW_NAMES) expect(Object.hasOwn(chinese, `view.${view}`)).toBe(true);
  });

  test("are all used", () => {
    const source = sourcesOf(new URL("../../../client/", import.meta.url));
    const composed = [...source.matchAll(/word\("([\w.]+)"|t\(`([\w.]+)\$\{/g)].map(
      ([, plain, template]) => plain ?? template,
    );
    const isUsed = (key: string): boolean =>
      source.includes(`"${key}"`) || composed.some((prefix) => prefix !== undefined && key.startsWith(prefix));
    const viewsOrGroups = /^(view|structure|plan\.verdict|verdict)\./;
    expect(Object.keys(chinese).filter((key) => !isUsed(key) && !viewsOrGroups.test(key))).toStrictEqual([]);
  });

  test("are filled place by place, and a place without a value stays", () => {
    expect(fill("{n} of {m}, {n}", { n: 3, m: "x" })).toBe("3 of x, 3");
    expect(fill("{n} of {toString}", { n: 1 })).toBe("1 of {toString}");
  });
});
