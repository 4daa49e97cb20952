import cytoscape, { type CollectionReturnValue, type Core, type ElementDefinition } from "cytoscape";
import type { Point } from "../../graph/layout/stages.ts";
import { paddingOf, READABLE_SCALE } from "./arrange.ts";
import type { Card, Graph, GraphEdge } from "./drawing.ts";
import { isAgainstFlow, neighborsOf } from "./drawing.ts";
import { FARTHEST, homeView, NEAREST } from "./home-view.ts";
import { inSlices } from "./in-slices.ts";
import { paceDrawing } from "./pace-drawing.ts";
import { CLASSES, LIGHT_FROM, stylesheet } from "./style.ts";
import { onThemeChange, readTheme } from "./theme.ts";

/** What is drawn: a graph, a card for each of its nodes, and where each stands. */
export interface Picture {
  readonly graph: Graph;
  readonly cards: ReadonlyMap<string, Card>;
  readonly places: ReadonlyMap<string, Point>;
  /** Whether the ranks run upwards, so that what is connected lies above and below. */
  readonly isUpright: boolean;
  /** Size of the whole, its boxes included; 0 where it does not matter. */
  readonly width: number;
  readonly height: number;
  /** Whether arrows show what flows to whom, rather than the relationship as recorded. */
  readonly showsFlow: boolean;
}

export type Direction = "left" | "right" | "up" | "down";

/** A drawing of a graph; the only thing through which the page reaches the renderer. */
export interface Canvas {
  /**
   * Draws this instead of what was drawn; what is in both stays, and only what is new is added: a large picture piece by
   * piece, and what is asked of the canvas meanwhile waits for the last.
   */
  show(picture: Picture): void;
  /**
   * Brings these nodes into view, all of them whole, and what touches the first where that stays readable. A picture
   * that is read as it stands does not move for what it shows already.
   */
  focus(ids: readonly string[]): void;
  /** Brings out these nodes and what they touch; none = everything is equal. */
  select(ids: readonly string[]): void;
  /** Shows where the keyboard is; null = nowhere. */
  point(id: string | null): void;
  /** The connected node that lies nearest in a direction; null where there is none. */
  next(from: string | null, direction: Direction): string | null;
  onSelect(listener: (id: string | null) => void): void;
  /** A node was dragged there. */
  onDrag(listener: (id: string, place: Point) => void): void;
  zoom(factor: number): void;
  fit(): void;
  png(): Promise<Blob>;
  destroy(): void;
}

const FOCUS_PADDING = 28;
const READABLE = 0.7;

/**
 * Makes an empty canvas in an element that has a size. One that grows with its picture is read as it stands: where the
 * whole would be too small to read even so, it opens at its target instead.
 */
export function createCanvas(container: HTMLElement, isGrowing: boolean): Canvas {
  reserveStyle(container.ownerDocument);
  const cy = cytoscape({
    container,
    minZoom: FARTHEST,
    maxZoom: 3,
    boxSelectionEnabled: false,
    autounselectify: true,
    // The layout by default throws where the page has just taken the element away.
    layout: { name: "preset" },
  });
  paceDrawing(cy);
  let drawn: Graph = { nodes: [], edges: [] };
  let shown: Picture | null = null;
  let isUpright = false;
  let hasMoved = false;
  let stopAdding = (): void => {};
  /** What waits for the whole picture; null where it is there. */
  let waiting: (() => void)[] | null = null;
  const onceShown = (act: () => void): void => {
    if (waiting === null) act();
    else waiting.push(act);
  };
  const restyle = (): void => {
    const kinds = [...new Set(drawn.nodes.map((node) => node.kind))];
    const light = drawn.nodes.length + drawn.edges.length > LIGHT_FROM;
    cy.style(stylesheet(readTheme(container), kinds, light));
  };
  const collect = (ids: readonly string[]): CollectionReturnValue => {
    let found = cy.collection();
    for (const id of ids) found = found.union(cy.getElementById(nodeKey(id)));
    return found;
  };
  const stopTheme = onThemeChange(restyle);
  const fitAll = (): void => {
    hasMoved = false;
    cy.resize();
    cy.fit(undefined, paddingOf(cy.width()));
    if (cy.zoom() > NEAREST) {
      cy.zoom(NEAREST);
      cy.center();
    }
  };
  const home = (): void => {
    if (shown === null || shown.graph.nodes.length === 0) return;
    hasMoved = false;
    cy.resize();
    cy.viewport(homeView(shown, { width: cy.width(), height: cy.height() }, isGrowing));
  };
  const observer = new ResizeObserver(() => {
    cy.resize();
    if (!hasMoved) home();
  });
  observer.observe(container);
  cy.on("tapdrag dragpan scrollzoom pinchzoom", () => {
    hasMoved = true;
  });

  const focus = (ids: readonly string[]): void => {
    const nodes = collect(ids);
    if (nodes.empty()) return;
    cy.resize();
    const isReadable = isGrowing && cy.zoom() >= READABLE_SCALE - 0.02;
    if (isReadable && nodes.toArray().every((node) => isInside(cy, node.nodes().first().position()))) return;
    hasMoved = true;
    let seen = nodes.union(nodes.first().neighborhood());
    cy.fit(seen, FOCUS_PADDING);
    if (cy.zoom() < READABLE) {
      // What was asked for is always whole; what touches it gives way.
      seen = nodes;
      cy.fit(seen, FOCUS_PADDING);
    }
    if (cy.zoom() > NEAREST) {
      cy.zoom(NEAREST);
      cy.center(seen);
    }
  };
  const select = (ids: readonly string[]): void => {
    cy.batch(() => {
      cy.elements().removeClass([CLASSES.selected, CLASSES.near, CLASSES.far]);
      const chosen = collect(ids);
      if (chosen.empty()) return;
      const near = chosen.closedNeighborhood();
      cy.elements().difference(near).addClass(CLASSES.far);
      near.edges().addClass(CLASSES.near);
      chosen.addClass(CLASSES.selected);
    });
  };
  const point = (id: string | null): void => {
    cy.nodes().removeClass(CLASSES.cursor);
    if (id === null) return;
    const node = cy.getElementById(nodeKey(id));
    node.addClass(CLASSES.cursor);
    if (!isInside(cy, node.position())) cy.center(node);
  };

  return {
    show(picture) {
      const { graph, cards, places, isUpright: turned, showsFlow } = picture;
      isUpright = turned;
      const isSame = sameIds(drawn, graph);
      drawn = graph;
      shown = picture;
      restyle();
      stopAdding();
      waiting = [];
      cy.batch(() => {
        const nodes = new Set(graph.nodes.map((node) => node.id));
        const edges = new Set(graph.edges.map((edge) => edge.id));
        cy.edges().forEach((edge) => {
          if (!edges.has(edge.data("ref"))) edge.remove();
        });
        cy.nodes().forEach((node) => {
          if (!nodes.has(node.data("ref"))) node.remove();
        });
      });
      const definitions = [
        ...graph.nodes.flatMap((node) => {
          const card = cards.get(node.id);
          return card === undefined ? [] : nodeDefinition(card, places.get(node.id) ?? { x: 0, y: 0 });
        }),
        ...graph.edges.map((edge) => edgeDefinition(edge, showsFlow)),
      ];
      if (!isSame || !hasMoved) home();
      stopAdding = inSlices(
        definitions,
        (some) =>
          cy.batch(() => {
            for (const definition of some) put(cy, definition);
          }),
        () => {
          const acts = waiting ?? [];
          waiting = null;
          for (const act of acts) act();
        },
      );
    },
    focus: (ids) => onceShown(() => focus(ids)),
    select: (ids) => onceShown(() => select(ids)),
    point: (id) => onceShown(() => point(id)),
    next(from, direction) {
      const here = from === null ? cy.collection() : cy.getElementById(nodeKey(from));
      if (from === null || here.empty()) return drawn.nodes[0]?.id ?? null;
      const at = here.nodes().first().position();
      const connected = neighborsOf(drawn, from);
      const isSideways = direction === "left" || direction === "right";
      // Along a rank lie others than the neighbours of a node: those lie before and behind it.
      const others = isSideways !== isUpright ? [...connected] : drawn.nodes.map((node) => node.id);
      let best: string | null = null;
      let bestCost = Number.POSITIVE_INFINITY;
      for (const other of others) {
        const node = cy.getElementById(nodeKey(other));
        if (other === from || node.empty()) continue;
        const cost = stepCost(at, node.position(), direction, isSideways === isUpright);
        if (cost !== null && cost < bestCost) {
          best = other;
          bestCost = cost;
        }
      }
      return best;
    },
    onSelect(listener) {
      cy.on("tap", (event) => {
        listener(event.target === cy || event.target.isEdge() ? null : event.target.data("ref"));
      });
    },
    onDrag(listener) {
      cy.on("dragfree", "node", ({ target }) => listener(target.data("ref"), target.position()));
    },
    zoom(factor) {
      hasMoved = true;
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    fit: fitAll,
    png() {
      return cy.png({
        output: "blob-promise",
        full: true,
        scale: 2,
        maxWidth: 8000,
        maxHeight: 8000,
        bg: readTheme(container).background,
      });
    },
    destroy() {
      stopTheme();
      stopAdding();
      observer.disconnect();
      cy.destroy();
    },
  };
}

// Ids of the data may be anything, also each other's: a node and an edge must not meet in the renderer's one space.
function nodeKey(id: string): string {
  return `n ${id}`;
}

function edgeKey(id: string): string {
  return `e ${id}`;
}

/** The renderer adds a style to the page unless an element of this id is there; a strict CSP would refuse it. */
function reserveStyle(document: Document): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id) !== null) return;
  const element = document.createElement("template");
  element.id = id;
  document.head.append(element);
}

function nodeDefinition(card: Card, position: Point): ElementDefinition & { data: { id: string } } {
  return {
    group: "nodes",
    data: {
      id: nodeKey(card.id),
      ref: card.id,
      kind: card.kind,
      text: card.text,
      width: card.width,
      height: card.height,
    },
    position: { x: position.x, y: position.y },
    classes: card.marks.map((mark) => `mark-${mark}`).join(" "),
  };
}

function edgeDefinition(
  { id, from, to, type, marks }: GraphEdge,
  showsFlow: boolean,
): ElementDefinition & { data: { id: string } } {
  return {
    group: "edges",
    data: { id: edgeKey(id), ref: id, source: nodeKey(from), target: nodeKey(to) },
    classes: [
      ...marks.map((mark) => `mark-${mark}`),
      ...(showsFlow && isAgainstFlow(type) ? [CLASSES.against] : []),
    ].join(" "),
  };
}

function put(cy: Core, definition: ElementDefinition & { data: { id: string } }): void {
  const known = cy.getElementById(definition.data.id);
  if (known.empty()) {
    cy.add(definition);
    return;
  }
  const isMoved = definition.data.source !== undefined && known.data("source") !== definition.data.source;
  if (isMoved || (definition.data.target !== undefined && known.data("target") !== definition.data.target)) {
    known.remove();
    cy.add(definition);
    return;
  }
  known.data(definition.data);
  known.classes(typeof definition.classes === "string" ? definition.classes : "");
  if (definition.position !== undefined) known.nodes().positions(definition.position);
}

function sameIds(one: Graph, other: Graph): boolean {
  const ids = new Set(one.nodes.map((node) => node.id));
  return ids.size === other.nodes.length && other.nodes.every((node) => ids.has(node.id));
}

function isInside(cy: Core, { x, y }: Point): boolean {
  const { x1, x2, y1, y2 } = cy.extent();
  return x > x1 && x < x2 && y > y1 && y < y2;
}

/** How far a place is as a step in a direction; null where it does not lie that way. */
function stepCost(from: Point, to: Point, direction: Direction, isAlongRank: boolean): number | null {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  const aside = Math.abs(direction === "left" || direction === "right" ? dy : dx);
  if (along <= 1) return null;
  return isAlongRank ? along + aside * 4 : along + aside;
}
