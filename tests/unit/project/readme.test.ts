import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

test("README's worked query is a stored query, and its answer that query's stored answer", () => {
  const readme = read("README.md");
  const query = /```graphql\n([\s\S]*?)\n```/.exec(readme)?.[1];
  const answer = /```json\n([\s\S]*?)\n```/.exec(readme)?.[1];
  expect(query).toBe(read("tests/contract/queries/readme.graphql").trimEnd());
  expect(JSON.parse(answer ?? "")).toStrictEqual(JSON.parse(read("tests/contract/queries/readme.json")).data);
});

test("no file of the project names a path of somebody's machine", () => {
  expect(read("README.md")).not.toMatch(/\/(work|root|home|Users)\//);
});
