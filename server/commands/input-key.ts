import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** Names the content of files and folders, and how they are to be read: the same for the same bytes, wherever they lie. */
export async function inputKey(paths: readonly string[], options: object): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(options));
  for (const path of paths)
    for (const file of await filesBelow(path)) {
      hash.update(`\0${basename(file)}\0`);
      for await (const chunk of createReadStream(file)) hash.update(chunk);
    }
  return hash.digest("hex");
}

async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
