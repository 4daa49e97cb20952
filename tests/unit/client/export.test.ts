import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Picture } from "../../../client/canvas/canvas.ts";
import { cardOf, type Graph, type GraphNode } from "../../../client/canvas/drawing.ts";
import { pictureSvg } from "../../../client/canvas/picture-svg.ts";
import { csvOf } from "../../../client/export/csv.ts";
import { graphTable } from "../../../client/export/graph-table.ts";
import { reportBlob } from "../../../client/export/report-blob.ts";
import { parseXml } from "../../support/strict-xml.ts";

const anyText = fc.string({ unit: "binary", maxLength: 20 });

const theme = {
  text: "#111111",
  textMuted: "#222222",
  surface: "#ffffff",
  background: "#fafafa",
  line: "#333333",
  focus: "#0000ff",
  font: `"Noto Sans CJK SC", sans-serif`,
  tone: () => ({ strong: "#aa0000", soft: "#ffeeee" }),
};

function pictureOf(texts: readonly string[]): Picture {
  const nodes = texts.map(
    (name, index): GraphNode => ({
      id: `n${index}`,
      kind: "Product",
      name,
      nameEn: null,
      country: index % 2 === 0 ? "US" : null,
      category: null,
      marks: [["TARGET"], ["CHOKEPOINT"], ["ASSUMED"], [], ["ODD"]][index % 5] ?? [],
      depth: 0,
    }),
  );
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    type: index % 2 === 0 ? "REQUIRES" : "SUPPLIES",
    from: node.id,
    to: "n0",
    marks: index % 2 === 0 ? ["WITNESS"] : [],
  }));
  const words = { name: ({ name }: { name: string }) => name, mark: (mark: string) => mark, folded: String };
  return {
    graph: { nodes, edges },
    cards: new Map(nodes.map((node) => [node.id, cardOf(node, words)])),
    places: new Map(nodes.map((node, index) => [node.id, { x: index * 200, y: index * 40 }])),
    isUpright: false,
    width: 1,
    height: 1,
    showsFlow: true,
  };
}

describe("What is taken along", () => {
  test("is CSV that reads back as it was, but for what a spreadsheet would take for a formula", () => {
    expect(csvOf([["a", 'b"c', "d,e\nf"]])).toBe('\uFEFFa,"b""c","d,e\nf"\r\n');
    expect(csvOf([["=1+1", "+x", "-12.5", "@a", "−"]])).toBe("\uFEFF'=1+1,'+x,-12.5,'@a,−\r\n");
  });

  test("is a drawing that is well-formed whatever the names hold, one box and one line for each part", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 8 }), (texts) => {
        const svg = pictureSvg(pictureOf(texts), theme, texts[0] ?? "");
        const root = parseXml(svg);
        const named = (name: string) => JSON.stringify(root).split(`"name":"${name}"`).length - 1;
        expect(named("line")).toBe(texts.length - 1);
        expect(named("g")).toBe(texts.length);
      }),
      { numRuns: 100 },
    );
  });

  test("is a row for each node and each relationship of a graph", () => {
    const { graph } = pictureOf(["甲", "乙"]);
    const same = (text: string): string => text;
    const rows = graphTable(graph as Graph, {
      name: ({ name }) => name,
      kind: same,
      mark: same,
      type: same,
      head: ["id", "name", "kind", "country", "marks", "from", "to"],
    });
    expect(rows.slice(1)).toStrictEqual([
      ["n0", "甲", "Product", "US", "TARGET", "", ""],
      ["n1", "乙", "Product", "", "CHOKEPOINT", "", ""],
      ["e0", "", "REQUIRES", "", "WITNESS", "乙", "甲"],
    ]);
  });

  test("is a report's file byte by byte, from text and from base64", async () => {
    const text = reportBlob({ mediaType: "text/html", encoding: "TEXT", content: "链" });
    expect(await text.text()).toBe("链");
    const bytes = Buffer.from([0, 255, 80, 75]);
    const file = reportBlob({ mediaType: "x/y", encoding: "BASE64", content: bytes.toString("base64") });
    expect(Buffer.from(await file.arrayBuffer())).toStrictEqual(bytes);
  });
});
