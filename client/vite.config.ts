import { defineConfig } from "vite";

/** Builds the page into `dist/client`: hashed files only, nothing inlined, so that it runs under a strict CSP. */
export default defineConfig({
  base: "./",
  resolve: { alias: [{ find: /^cytoscape$/, replacement: "cytoscape/dist/cytoscape.esm.min.mjs" }] },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/auth": "http://127.0.0.1:4000" } },
});
