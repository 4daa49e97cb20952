import { expect, test } from "vitest";
import { identifier, literal, mapLiteral } from "../../../graph/formats/write/cypher-literal.ts";

test("texts stay within their quotes and on one line", () => {
  expect(literal("it's")).toBe("'it\\'s'");
  expect(literal("a\\")).toBe("'a\\\\'");
  expect(literal("a\nb\rc\td")).toBe("'a\\nb\\rc\\td'");
});

test("a backslash is never followed by a u, which Neo4j would decode first", () => {
  expect(literal("\\u0027 \\\\u")).toBe("'\\\\' + 'u0027 \\\\\\\\' + 'u'");
});

test("numbers are whole or not as the store writes them, and never have a plus in the exponent", () => {
  expect([1, -0, 0.5, 1e-7, 1e21, 1.5e300, 2 ** 53].map(literal)).toStrictEqual([
    "1",
    "0",
    "0.5",
    "1e-7",
    "1e21",
    "1.5e300",
    "9.007199254740992e15",
  ]);
});

test("maps name their properties, oddly named ones in backquotes", () => {
  expect(mapLiteral({ name: "甲", aliases: ["a", "b"], elementary: true })).toBe(
    "{name: '甲', aliases: ['a', 'b'], elementary: true}",
  );
  expect(identifier("a`b c")).toBe("`a``b c`");
});
