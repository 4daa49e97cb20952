import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

/** What the first release answered on its own data directory. */
export const FIRST_RELEASE: {
  readonly hash: string;
  readonly queries: readonly { readonly query: string; readonly data: unknown }[];
} = JSON.parse(fixture("store-format-1.json").toString());

/** Lays the data directory that the first release left into a folder; gives the file of its graph. */
export async function layFirstRelease(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "graph.grafeo");
  await writeFile(path, gunzipSync(fixture("store-format-1.grafeo.gz")));
  return path;
}
