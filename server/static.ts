import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** The built page, held in memory: only what was there at the start is ever served. */
export interface StaticFiles {
  /** The file at a path of an address, or null. */
  answer(request: Request, pathname: string): Response | null;
}

interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** As the build compressed it; null where it did not. */
  readonly br: Uint8Array<ArrayBuffer> | null;
  readonly gzip: Uint8Array<ArrayBuffer> | null;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** Reads every file of a folder once; null where the folder does not exist. */
export function readStaticFiles(folder: string): StaticFiles | null {
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const files = new Map<string, StaticFile>();
  for (const path of entries) {
    const type = TYPES[extname(path)];
    if (type === undefined) continue;
    const address = `/${relative(folder, path).split(sep).join("/")}`;
    const file = staticFile(path, type, address.startsWith("/assets/"));
    files.set(address, file);
    if (address === "/index.html") files.set("/", file);
  }
  return { answer: (request, pathname) => serve(files.get(pathname), request) };
}

function staticFile(path: string, type: string, immutable: boolean): StaticFile {
  const read = (file: string) => (existsSync(file) ? new Uint8Array(readFileSync(file)) : null);
  const plain = new Uint8Array(readFileSync(path));
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 27)}"`;
  return { type, etag, immutable, plain, br: read(`${path}.br`), gzip: read(`${path}.gz`) };
}

function serve(file: StaticFile | undefined, request: Request): Response | null {
  if (file === undefined) return null;
  const headers = new Headers({
    "content-type": file.type,
    etag: file.etag,
    vary: "accept-encoding",
    // Names of assets hold a hash of their content; the page itself is asked for again each time.
    "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (request.headers.get("if-none-match") === file.etag) return new Response(null, { status: 304, headers });
  const accepted = request.headers.get("accept-encoding") ?? "";
  const [encoding, body] =
    file.br !== null && /\bbr\b/.test(accepted)
      ? ["br", file.br]
      : file.gzip !== null && /\bgzip\b/.test(accepted)
        ? ["gzip", file.gzip]
        : [null, file.plain];
  if (encoding !== null) headers.set("content-encoding", encoding);
  headers.set("content-length", String(body.byteLength));
  return new Response(request.method === "HEAD" ? null : body, { headers });
}
