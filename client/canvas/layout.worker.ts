import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import type { ForceAnswer, ForceRequest } from "./force.ts";

/** Above this many nodes the force layout only drafts: the full quality takes seconds there. */
const DRAFT_ABOVE = 300;

cytoscape.use(fcose);

addEventListener("message", ({ data }: MessageEvent<ForceRequest>) => {
  // The layout keeps plain objects by id, so an id of the data (`__proto__`) could be one of theirs.
  const keys = new Map(data.nodes.map(({ id }, index) => [id, `node ${index}`]));
  const key = (id: string): string => keys.get(id) ?? "";
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { width: "data(width)", height: "data(height)" } }],
    elements: [
      ...data.nodes.map(({ id, width, height, x, y }) => ({
        data: { id: key(id), ref: id, width, height },
        position: { x: x ?? 0, y: y ?? 0 },
      })),
      ...data.edges.map(({ from, to }, index) => ({
        data: { id: `edge ${index}`, source: key(from), target: key(to) },
      })),
    ],
  });
  const placed = data.nodes.filter((node) => node.x !== null);
  const pinned = data.nodes.flatMap(({ id, x, y, isPinned }) =>
    isPinned && x !== null && y !== null ? [{ nodeId: key(id), position: { x, y } }] : [],
  );
  const options = {
    name: "fcose",
    quality: data.nodes.length > DRAFT_ABOVE ? "draft" : "default",
    animate: false,
    randomize: placed.length === 0,
    nodeDimensionsIncludeLabels: false,
    nodeSeparation: 110,
    idealEdgeLength: () => 130,
    nodeRepulsion: () => 14_000,
    packComponents: false,
    ...(pinned.length === 0 ? {} : { fixedNodeConstraint: pinned }),
  };
  Math.random = repeatable();
  cy.layout(options).run();
  const answer: ForceAnswer = {
    ticket: data.ticket,
    places: cy.nodes().map((node) => {
      const { x, y } = node.position();
      return { id: node.data("ref"), x, y };
    }),
  };
  cy.destroy();
  postMessage(answer);
});

/** The layout draws lots: the same ones each time, so that an address opens the same picture for everybody. */
function repeatable(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
