import type { Graph } from "../../../client/canvas/drawing.ts";

/** Who places the elements of a graph. */
export type Layouter = "ours" | "grid" | "breadthfirst" | "fcose";

/** Who draws a graph. */
export type Drawer = "ours" | "cytoscape" | "cytoscape with names and arrows" | "sigma";

/** What the bench's page offers, as the global `drawingPage`. */
export interface DrawingPage {
  /** Milliseconds of one layout. */
  layout(layouter: Layouter, graph: Graph): number;
  /** Draws in the page, instead of what was there, at the places of our layout. */
  draw(drawer: Drawer, graph: Graph): void;
  /**
   * Drags the drawing, a step in every frame, until it was seen to move so often or for at most so long. Gives the
   * milliseconds from one frame in which it was drawn anew, or what is drawn was moved, to the next, whatever was done in
   * between and on whichever thread.
   */
  pan(frames: number, mostMs: number): Promise<readonly number[]>;
}

declare global {
  var drawingPage: DrawingPage;
}
