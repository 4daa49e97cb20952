import { readFileSync, writeFileSync } from "node:fs";

/**
 * Names every platform's optional binary in the lockfile. A registry mirror that lacks some of them makes npm leave them
 * out, and `npm ci` then refuses the lockfile on the very systems that need them. Run it after each change of packages.
 */
interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lockfile {
  packages: Record<string, LockedPackage>;
}

const path = new URL("../package-lock.json", import.meta.url);

/** The optional packages that a lockfile's packages ask for and that it does not name, with what it should say of each. */
export function missingBinaries(lockfile: Lockfile): ReadonlyMap<string, LockedPackage & { readonly os?: string[] }> {
  const missing = new Map<string, LockedPackage>();
  for (const { optionalDependencies = {}, dev } of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const key = `node_modules/${name}`;
      if (!(key in lockfile.packages))
        missing.set(key, { version, ...(dev ? { dev } : {}), ...platformOf(name), optional: true } as LockedPackage);
    }
  }
  return missing;
}

/** What the name of a binary package says of its platform: `-darwin-arm64`, `-linux-x64-musl`, `-win32-x64-msvc`. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const match = /-(android|darwin|freebsd|linux|win32)-(arm64|arm|x64|ia32)(?:-(gnu|musl))?/.exec(name);
  if (match === null) return {};
  const libc = match[3] === "gnu" ? "glibc" : match[3];
  return { os: [match[1]!], cpu: [match[2]!], ...(libc === undefined ? {} : { libc: [libc] }) };
}

if (process.argv[1]?.endsWith("complete-lockfile.ts")) {
  const lockfile = JSON.parse(readFileSync(path, "utf8")) as Lockfile;
  const packages = { ...lockfile.packages, ...Object.fromEntries(missingBinaries(lockfile)) };
  lockfile.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
}
