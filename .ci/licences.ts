import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/**
 * Lists the packages of the lockfile with their licences in docs/licences.md. Run it after each change of packages; a test
 * compares.
 */
interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** As the package states it; that of its parent where it is one of its binaries; null where nobody states one. */
  readonly licence: string | null;
  /** Needed to build and test only. */
  readonly dev: boolean;
  readonly hasInstallScript: boolean;
}

/** Licences under which a package may be part of the service. */
export const ALLOWED: readonly string[] = ["MIT", "ISC", "0BSD", "BSD-3-Clause", "Apache-2.0", "MIT OR Apache-2.0"];
/** Those of packages that only build and test it, besides. */
export const ALLOWED_IN_DEVELOPMENT: readonly string[] = ["MPL-2.0"];

/** Every package of a lockfile, in order of name and version. */
export function licensed(lockfile: string): readonly Licensed[] {
  const packages = Object.entries((JSON.parse(lockfile) as { packages: Record<string, LockedPackage> }).packages);
  const binaries = new Map(
    packages.flatMap(([, { optionalDependencies = {}, license }]) =>
      Object.keys(optionalDependencies).map((name) => [name, license] as const),
    ),
  );
  return packages
    .filter(([path]) => path !== "")
    .map(([path, { version, license, dev = false, hasInstallScript = false }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, licence: license ?? binaries.get(name) ?? null, dev, hasInstallScript };
    })
    .sort((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

/** docs/licences.md. */
export function licencesPage(packages: readonly Licensed[]): string {
  const table = (rows: readonly Licensed[]): string =>
    ["| package | version | licence |", "| --- | --- | --- |"]
      .concat(rows.map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence ?? "none stated"} |`))
      .join("\n");
  return `# Licences of what Liantu is built with

Made from the lockfile by \`npx tsx .ci/licences.ts\`; a test checks that each is one we allow. \`npm run --silent sbom\`
prints the same as a bill of materials (CycloneDX).

## In the service

${table(packages.filter(({ dev }) => !dev))}

## To build and test it (what the page needs is built into it)

${table(packages.filter(({ dev }) => dev))}
`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL("../", import.meta.url);
  const packages = licensed(readFileSync(new URL("package-lock.json", root), "utf8"));
  writeFileSync(new URL("docs/licences.md", root), licencesPage(packages));
}
