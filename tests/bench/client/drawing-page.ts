import type { ElementDefinition, LayoutOptions } from "cytoscape";
import cytoscape from "cytoscape/dist/cytoscape.esm.min.mjs";
import fcose from "cytoscape-fcose";
import { DirectedGraph } from "graphology";
import Sigma from "sigma";
import { createCanvas, type Picture } from "../../../client/canvas/canvas.ts";
import { type Card, cardOf, type Graph } from "../../../client/canvas/drawing.ts";
import { stage } from "../../../client/canvas/stage.ts";
import type { Drawer, DrawingPage, Layouter } from "./drawing-page-types.ts";

/** What the browser runs of the bench of drawing: a graph laid out, or drawn in the one element of the page. */
cytoscape.use(fcose);

const WORDS = {
  name: ({ name }: { readonly name: string }) => name,
  mark: (mark: string) => mark,
  folded: (count: number) => `+${count}`,
};
/** Pixels; the drawing is dragged around a circle, so that the same part of it stays in view. */
const RADIUS = 60;
const FRAME = { width: 1200, height: 700 };

function cardsOf(graph: Graph): Map<string, Card> {
  return new Map(graph.nodes.map((node) => [node.id, cardOf(node, WORDS)]));
}

function pictureOf(graph: Graph): Picture {
  const cards = cardsOf(graph);
  return { graph, cards, ...stage(graph, cards, "supply", FRAME), showsFlow: true };
}

function elementsOf({ nodes, edges }: Graph, { places }: Pick<Picture, "places">): ElementDefinition[] {
  return [
    ...nodes.map(({ id, name }) => ({ data: { id, name }, position: { ...(places.get(id) ?? { x: 0, y: 0 }) } })),
    ...edges.map(({ id, from, to }) => ({ data: { id, source: from, target: to } })),
  ];
}

const NOWHERE: Pick<Picture, "places"> = { places: new Map() };

function cytoscapeLayout(graph: Graph, options: LayoutOptions): number {
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: elementsOf(graph, NOWHERE),
    layout: { name: "preset" },
  });
  const started = performance.now();
  cy.layout(options).run();
  const spent = performance.now() - started;
  cy.destroy();
  return spent;
}

const LAYOUTS: Readonly<Record<Layouter, (graph: Graph) => number>> = {
  ours: (graph) => {
    const started = performance.now();
    stage(graph, cardsOf(graph), "supply", FRAME);
    return performance.now() - started;
  },
  grid: (graph) => cytoscapeLayout(graph, { name: "grid" }),
  breadthfirst: (graph) => cytoscapeLayout(graph, { name: "breadthfirst" }),
  fcose: (graph) => cytoscapeLayout(graph, { name: "fcose", animate: false } as LayoutOptions),
};

const DRAWERS: Readonly<Record<Drawer, (graph: Graph, container: HTMLElement) => void>> = {
  ours: (graph, container) => createCanvas(container, false).show(pictureOf(graph)),
  cytoscape: (graph, container) => {
    cytoscape({ container, elements: elementsOf(graph, pictureOf(graph)), layout: { name: "preset" } });
  },
  "cytoscape with names and arrows": (graph, container) => {
    cytoscape({
      container,
      elements: elementsOf(graph, pictureOf(graph)),
      layout: { name: "preset" },
      style: [
        { selector: "node", style: { label: "data(name)" } },
        { selector: "edge", style: { "curve-style": "bezier", "target-arrow-shape": "triangle" } },
      ],
    });
  },
  sigma: (graph, container) => {
    const { places } = pictureOf(graph);
    const drawn = new DirectedGraph();
    // Sigma's y grows upwards.
    for (const { id, name } of graph.nodes)
      drawn.addNode(id, { label: name, x: places.get(id)?.x ?? 0, y: -(places.get(id)?.y ?? 0), size: 5 });
    const multi = new Set<string>();
    for (const { from, to } of graph.edges) {
      const key = `${from} ${to}`;
      if (!multi.has(key)) drawn.addEdge(from, to);
      multi.add(key);
    }
    new Sigma(drawn, container);
  },
};

/** Whether anything was drawn anew on a canvas of the page, or what is drawn there was moved, since this was last set back. */
let isDrawn = false;
for (const { prototype, name } of [
  { prototype: CanvasRenderingContext2D.prototype, name: "clearRect" },
  { prototype: WebGL2RenderingContext.prototype, name: "clear" },
] as const) {
  const clear: (...parameters: unknown[]) => void = Reflect.get(prototype, name);
  Reflect.set(prototype, name, function (this: { readonly canvas: HTMLCanvasElement }, ...parameters: unknown[]) {
    isDrawn ||= this.canvas.isConnected;
    clear.apply(this, parameters);
  });
}

const moves = new MutationObserver((changes) => {
  isDrawn ||= changes.some(
    ({ target, oldValue }) =>
      target instanceof HTMLElement &&
      target.querySelector("canvas") !== null &&
      (target.style.transform || "none") !== (/transform: ([^;]*)/.exec(oldValue ?? "")?.[1] ?? "none"),
  );
});

const page: DrawingPage = {
  layout: (layouter, graph) => LAYOUTS[layouter](graph),
  draw: (drawer, graph) => {
    const container = document.createElement("div");
    container.className = "graph-canvas";
    container.style.width = `${FRAME.width}px`;
    container.style.height = `${FRAME.height}px`;
    document.body.replaceChildren(container);
    moves.observe(container, { subtree: true, attributeFilter: ["style"], attributeOldValue: true });
    DRAWERS[drawer](graph, container);
  },
  pan: (frames, mostMs) =>
    new Promise((resolve) => {
      const box = document.querySelector(".graph-canvas")!.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.bottom - 12];
      const target = document.elementFromPoint(x, y)!;
      const send = (kind: "down" | "move" | "up", dx: number, dy: number): void => {
        const buttons = kind === "up" ? 0 : 1;
        const at = { clientX: x + dx, clientY: y + dy, button: kind === "move" ? -1 : 0, buttons };
        const event = { ...at, bubbles: true, cancelable: true, composed: true, view: window };
        target.dispatchEvent(new PointerEvent(`pointer${kind}`, { ...event, pointerType: "mouse", isPrimary: true }));
        target.dispatchEvent(new MouseEvent(`mouse${kind}`, { ...event, button: 0 }));
      };
      const intervals: number[] = [];
      const started = performance.now();
      let last: number | null = null;
      let turn = 0;
      send("down", 0, 0);
      const frame = (now: number): void => {
        if (isDrawn) {
          if (last !== null) intervals.push(now - last);
          last = now;
        }
        isDrawn = false;
        if (intervals.length >= frames || performance.now() - started > mostMs) {
          send("up", 0, 0);
          resolve(intervals);
          return;
        }
        turn += Math.PI / 10;
        send("move", RADIUS * (Math.cos(turn) - 1) - 5, RADIUS * Math.sin(turn));
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }),
};
Object.assign(globalThis, { drawingPage: page });
