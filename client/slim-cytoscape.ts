import type { Plugin } from "vite";

/** The statements that give an object its functions, one each. */
const functionsOf = (object: string): RegExp => new RegExp(String.raw`^${object}\.\w+ = function [\s\S]*?^\};\n`, "gm");

const LAYOUTS = "breadthfirst|circle|concentric|cose|grid|random";

/** What the page does without, and what of it is left; the rest hangs on nothing then, and the bundler leaves it behind. */
const CUTS: readonly (readonly [what: string, found: RegExp, left: string])[] = [
  ["algorithms, but for the walks that itself needs", /^\[(elesfn\$\w+), [^\]]*tarjan[^\]]*\]/m, "[$1]"],
  ["layouts", new RegExp(String.raw`\{\s*name: '(?:${LAYOUTS})',\s*impl: \w+\s*\},?`, "g"), ""],
  [
    "what layouts do",
    functionsOf(String.raw`(?:BreadthFirst|Circle|Concentric|Cose|Grid|Random)Layout\.prototype`),
    "",
  ],
  ["drawing by WebGL", /^\w+\$\d+\.initWebgl = function [\s\S]*?^\};\n/m, ""],
];

/**
 * Builds cytoscape without what the page does not use of it: layouts, algorithms on graphs, drawing by WebGL. They are
 * put on prototypes, where no bundler can see that nobody asks for them, and are a seventh of the page.
 *
 * @throws Error where a version of cytoscape is built otherwise, so that nothing was found to cut
 */
export function slimCytoscape(): Plugin {
  return {
    name: "slim-cytoscape",
    transform: {
      filter: { id: /\/cytoscape\.esm\.mjs$/ },
      handler(code) {
        return CUTS.reduce((text, [what, found, left]) => {
          const cut = text.replace(found, left);
          if (cut === text) throw new Error(`client/slim-cytoscape.ts finds no ${what} in this version of cytoscape`);
          return cut;
        }, code);
      },
    },
  };
}
