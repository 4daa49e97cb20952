import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { missingBinaries } from "../../../.ci/complete-lockfile.ts";
import { generatedFiles } from "../../../server/generate.ts";

const root = new URL("../../../", import.meta.url);

test.each([...generatedFiles()])("%s is what `npm run generate` writes", (path, text) => {
  expect(readFileSync(new URL(path, root), "utf8")).toBe(text);
});

test("the lockfile names the binaries of every platform (else run .ci/complete-lockfile.ts)", () => {
  const lockfile = JSON.parse(readFileSync(new URL("package-lock.json", root), "utf8"));
  expect([...missingBinaries(lockfile).keys()]).toStrictEqual([]);
});
