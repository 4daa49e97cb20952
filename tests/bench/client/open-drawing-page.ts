import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { build, type Rolldown } from "vite";

const root = new URL("../../../", import.meta.url);

/** The code of `drawing-page.ts` as the page's build makes it: minified, with the same cytoscape. */
export async function bundleDrawingPage(): Promise<string> {
  const built = await build({
    root: new URL("client", root).pathname,
    configFile: new URL("client/vite.config.ts", root).pathname,
    logLevel: "warn",
    build: {
      write: false,
      lib: { entry: new URL("drawing-page.ts", import.meta.url).pathname, formats: ["iife"], name: "bench" },
    },
  });
  const [{ output }] = built as [Rolldown.RolldownOutput];
  return output[0].code;
}

/** An empty page with our styles, in which `drawingPage` is there. */
export async function openDrawingPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1240, height: 760 }, deviceScaleFactor: 1 });
  await page.setContent("<!doctype html><html lang='zh-CN'><body></body></html>");
  for (const name of ["tokens", "base", "graph"])
    await page.addStyleTag({ content: readFileSync(new URL(`client/styles/${name}.css`, root), "utf8") });
  await page.addScriptTag({ content: code });
  return page;
}
