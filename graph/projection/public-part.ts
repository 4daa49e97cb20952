import { GraphError } from "../errors.ts";
import { hiddenIn, publicStore, type ReadHidden } from "../store/public-store.ts";
import type { GraphStore } from "../store/store.ts";
import { createProjection } from "./cache.ts";
import { loadNetwork } from "./load.ts";
import type { Network } from "./network.ts";

/** What those may see and reckon with who have not said who they are. */
export interface PublicPart {
  readonly hidden: ReadHidden;
  /** The network without what is hidden; read when it is asked for first, and whenever the graph has moved on. */
  network(atLeast?: number): Promise<Network>;
}

const ATTEMPTS = 5;

/** @param store must see what others write with tools of their own, as the projection of the whole graph does */
export function createPublicPart(store: GraphStore): PublicPart {
  const hidden = hiddenIn(store);
  const load = async (): Promise<Network> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = await hidden();
      const network = await loadNetwork(publicStore(store, before));
      // What was marked meanwhile is not to be in it.
      if (JSON.stringify(await hidden()) === JSON.stringify(before)) return network;
    }
    throw new GraphError("CONFLICT", `What is internal changed during each of ${ATTEMPTS} readings: ask again.`);
  };
  const projection = createProjection(store, { refreshMs: 0, load });
  return { hidden, network: (atLeast) => projection.current(atLeast) };
}
