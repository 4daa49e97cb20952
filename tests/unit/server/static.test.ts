import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readStaticFiles, type StaticFiles } from "../../../server/static.ts";

const folder = mkdtempSync(join(tmpdir(), "liantu-static-"));
const page = "<!doctype html><title>页</title>";
const script = "export const one = 1;";
let files: StaticFiles;

beforeAll(() => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), page);
  writeFileSync(join(folder, "index.html.br"), brotliCompressSync(page));
  writeFileSync(join(folder, "index.html.gz"), gzipSync(page));
  writeFileSync(join(folder, "assets", "one-a1.js"), script);
  writeFileSync(join(folder, "notes.txt"), "none of the page");
  files = readStaticFiles(folder)!;
});
afterAll(() => rmSync(folder, { recursive: true }));

function get(path: string, headers: Readonly<Record<string, string>> = {}): Response | null {
  return files.answer(new Request(`http://localhost${path}`, { headers }), path);
}

test.each([
  ["br, gzip", "br", brotliCompressSync(page)],
  ["gzip", "gzip", gzipSync(page)],
  ["", null, Buffer.from(page)],
])("a caller who takes %j gets it as the build laid it there", async (accepted, encoding, bytes) => {
  const response = get("/", { "accept-encoding": accepted })!;
  expect(response.headers.get("content-encoding")).toBe(encoding);
  expect(response.headers.get("content-length")).toBe(String(bytes.length));
  expect(Buffer.from(await response.arrayBuffer())).toStrictEqual(Buffer.from(bytes));
});

test("a file that the build did not compress is sent as it is, and kept for good by its hashed name", async () => {
  const response = get("/assets/one-a1.js", { "accept-encoding": "br, gzip" })!;
  expect([response.headers.get("content-encoding"), await response.text()]).toStrictEqual([null, script]);
  expect(response.headers.get("cache-control")).toContain("immutable");
});

test("who has it already is told so, in whatever encoding", () => {
  const etag = get("/")!.headers.get("etag")!;
  expect(get("/", { "if-none-match": etag, "accept-encoding": "br" })!.status).toBe(304);
});

test("nothing else in the folder is served, and no folder is no page", () => {
  for (const path of ["/notes.txt", "/index.html.br", "/../package.json", "/assets/"]) expect(get(path)).toBeNull();
  expect(readStaticFiles(join(folder, "absent"))).toBeNull();
});
