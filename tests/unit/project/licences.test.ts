import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ALLOWED, ALLOWED_IN_DEVELOPMENT, licencesPage, licensed } from "../../../.ci/licences.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const packages = licensed(read("package-lock.json"));

test("every package has a licence that we allow where it is used", () => {
  const refused = packages.filter(
    ({ licence, dev }) =>
      licence === null || !(ALLOWED.includes(licence) || (dev && ALLOWED_IN_DEVELOPMENT.includes(licence))),
  );
  expect(refused).toStrictEqual([]);
});

test("no package of the service runs a script when it is installed; those that build it need not", () => {
  const scripts = packages.filter(({ hasInstallScript }) => hasInstallScript);
  expect(scripts.filter(({ dev }) => !dev)).toStrictEqual([]);
  const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Record<string, boolean> };
  expect(Object.fromEntries(scripts.map(({ name }) => [name, false]))).toStrictEqual(allowScripts);
});

test("docs/licences.md lists them", () => {
  expect(read("docs/licences.md")).toBe(licencesPage(packages));
});

test("a licence that is not allowed, or none, is found", () => {
  const lockfile = JSON.stringify({
    packages: {
      "": { version: "1" },
      "node_modules/a": { version: "1.0.0", license: "MIT", optionalDependencies: { "a-linux": "1.0.0" } },
      "node_modules/a-linux": { version: "1.0.0" },
      "node_modules/a/node_modules/b": { version: "2.0.0", hasInstallScript: true, dev: true },
    },
  });
  expect(licensed(lockfile)).toStrictEqual([
    { name: "a", version: "1.0.0", licence: "MIT", dev: false, hasInstallScript: false },
    { name: "a-linux", version: "1.0.0", licence: "MIT", dev: false, hasInstallScript: false },
    { name: "b", version: "2.0.0", licence: null, dev: true, hasInstallScript: true },
  ]);
});
