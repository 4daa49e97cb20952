import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of files that is gone when the test ends (`await using`). */
export interface Files extends AsyncDisposable {
  readonly folder: string;
  path(name: string): string;
}

/** Writes files, by their paths within a folder of their own. */
export async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-files-"));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return {
    folder,
    path: (name) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
