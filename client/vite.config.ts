import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { slimCytoscape } from "./slim-cytoscape.ts";

const TEXT = /\.(?:html|js|css|svg|json|webmanifest)$/;

/** The best, 11, takes ten times as long for some hundredths. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Lays beside each file of text what the server sends to those who take it compressed: done here, no start waits for it. */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir }) {
    for (const entry of readdirSync(dir!, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !TEXT.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const plain = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(plain, BROTLI));
      writeFileSync(`${path}.gz`, gzipSync(plain));
    }
  },
};

/** Builds the page into `dist/client`: hashed files only, nothing inlined, so that it runs under a strict CSP. */
export default defineConfig({
  base: "./",
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // That compressing takes most of the build is as it should be.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  plugins: [slimCytoscape(), compressed],
  worker: { format: "es", plugins: () => [slimCytoscape()] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/auth": "http://127.0.0.1:4000" } },
});
