import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openMappedInput } from "../../../graph/formats/mapped-input.ts";
import { writeFiles } from "../../support/files.ts";
import { readInput } from "../../support/read-input.ts";

const page = readFileSync(new URL("../../../docs/mapping.md", import.meta.url), "utf8");

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(page)![1]!;
}

test("the mapping of the page reads the file of the page as the page says", async () => {
  await using files = await writeFiles({ "companies.csv": block("csv"), "mapping.json": block("json") });
  const input = await openMappedInput([files.path("companies.csv")], { mapping: files.path("mapping.json") });
  const { entities, relationships, faults } = await readInput(input);
  expect(faults).toStrictEqual([]);
  expect(entities.map(({ kind }) => kind).sort()).toStrictEqual([
    ...["Firm", "Firm", "Product", "Product", "Product", "Source"],
  ]);
  expect(relationships.map(({ properties }) => [properties["locator"], properties["share"]])).toStrictEqual([
    ["companies.csv:2", 0.07],
    ["companies.csv:2", 0.07],
    ["companies.csv:3", undefined],
  ]);
});
