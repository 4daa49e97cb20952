import type { Core } from "cytoscape";

/** What of the renderer's own is reached for: its types name none of it. */
interface Renderer {
  render(options?: { readonly forcedContext?: CanvasRenderingContext2D }): void;
  readonly pinching?: boolean;
  readonly swipePanning?: boolean;
  readonly hoverData: { readonly dragging?: boolean };
  readonly data: {
    readonly wheelZooming?: boolean;
    readonly canvasContainer: HTMLElement;
    readonly lyrTxrCache: { firstGet: boolean };
  };
}

/** Two frames that took longer than this were more than a reader's hand should wait for. */
const SLOW_MS = 60;
/** A hand that has been still for so long is looking at what has come into view. */
const REST_MS = 120;

/**
 * Keeps what is drawn in a frame to what a reader can wait for. While the reader moves a picture that takes long to draw,
 * moves what is drawn, as it is, and draws it anew where the movement rests or ends. A picture that is drawn quickly is
 * drawn in every frame.
 */
export function paceDrawing(cy: Core): void {
  const renderer = (cy as Core & { renderer(): Renderer }).renderer();
  // The layers of the first frame would be drawn at once, beside the elements themselves; those of others come by and by.
  renderer.data.lyrTxrCache.firstGet = false;
  const sheet = renderer.data.canvasContainer;
  const render = renderer.render.bind(renderer);
  let drawn: { readonly zoom: number; readonly x: number; readonly y: number } | null = null;
  let isSlow = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const draw: Renderer["render"] = (options) => {
    clearTimeout(rest);
    const started = performance.now();
    sheet.style.transform = "";
    render(options);
    drawn = { zoom: cy.zoom(), ...cy.pan() };
    // What is drawn is painted by another thread: only the second frame waits for it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        isSlow = performance.now() - started > SLOW_MS;
      }),
    );
  };
  renderer.render = (options) => {
    if (options?.forcedContext !== undefined) return render(options);
    if (drawn === null || !isSlow || !isMoved(renderer)) return draw(options);
    const scale = cy.zoom() / drawn.zoom;
    const { x, y } = cy.pan();
    if (scale === 1 && x === drawn.x && y === drawn.y) return;
    sheet.style.transformOrigin = "0 0";
    sheet.style.transform = `translate(${x - scale * drawn.x}px, ${y - scale * drawn.y}px) scale(${scale})`;
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!cy.destroyed()) draw();
    }, REST_MS);
  };
}

/** Whether the reader moves the whole, rather than the page, or a node. */
function isMoved({ pinching, swipePanning, hoverData, data }: Renderer): boolean {
  return [pinching, swipePanning, hoverData.dragging, data.wheelZooming].includes(true);
}
