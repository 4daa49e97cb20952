import { afterAll, beforeAll, expect, test } from "vitest";
import { type NeighborhoodRequest, neighborhood } from "../../graph/explore/neighborhood.ts";
import { paths } from "../../graph/explore/paths.ts";
import { linkedSteps, type Step, type Steps, storedSteps } from "../../graph/explore/steps.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { RELATIONSHIP_TYPES } from "../../graph/ontology.ts";
import type { Links } from "../../graph/projection/links.ts";
import { createLinksCache } from "../../graph/projection/links-cache.ts";
import { loadLinks } from "../../graph/projection/load-links.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openApi, openSeededStore } from "../support/api.ts";
import { describeEachEngine } from "../support/engines.ts";

const firm = (id: string) => ({
  id,
  kind: "Firm" as const,
  properties: { name: id, dataset: "knots", assertion: "ASSUMED" },
});
const owns = (id: string, from: string, to: string) => ({
  ...{ id, from, to, type: "OWNS" as const },
  properties: { dataset: "knots", assertion: "ASSUMED" },
});
/** Several between two, in both directions. */
const TANGLE = {
  entities: ["knot-a", "knot-b", "knot-c"].map(firm),
  relationships: [
    owns("knot-3", "knot-a", "knot-b"),
    owns("knot-1", "knot-b", "knot-a"),
    owns("knot-2", "knot-c", "knot-a"),
    owns("knot-4", "knot-b", "knot-c"),
  ],
};

/** What a walk tells of a step: whether it is assumed, not how else it is known. */
function seen(steps: readonly Step[]): unknown {
  return steps.map(({ near, id, type, from, to, assertion, other, kind }) => {
    return { near, id, type, from, to, other, kind, isAssumed: assertion === "ASSUMED" };
  });
}

function around(request: NeighborhoodRequest) {
  return (steps: Steps) => steps.walked((walk) => neighborhood(walk, request));
}

describeEachEngine("the links in memory", (engine) => {
  let store: GraphStore;
  let links: Links;
  let ways: readonly [stored: Steps, linked: Steps];
  beforeAll(async () => {
    store = await openSeededStore(engine);
    await ingest(store, TANGLE);
    links = await loadLinks(store);
    ways = [storedSteps(store), linkedSteps(links)];
  });
  afterAll(() => store.close());

  const same = async (walk: (steps: Steps) => Promise<unknown>): Promise<void> => {
    const [stored, linked] = await Promise.all(ways.map(walk));
    expect(linked).toStrictEqual(stored);
  };

  test("lead where the store's statements lead, in the same order and cut at the same place", async () => {
    const all = links.ids.filter((_, place) => place % 7 === 0);
    for (const ids of [["knot-a"], ["knot-b", "knot-a", "knot-c"], ["nobody"], [], all])
      for (const types of [RELATIONSHIP_TYPES, ["OWNS"], ["SUPPLIES", "REQUIRES"]] as const)
        for (const limit of [3, 5_000]) await same(async (steps) => seen(await steps.expand({ ids, types, limit })));
    await same(async (steps) => [
      await steps.version(),
      [...(await steps.kindsOf(["knot-a", "chain-ic", "nobody"]))].sort(),
    ]);
  });

  test("give the same neighbourhoods and paths", async () => {
    for (const id of ["firm-jinhua", "chain-ic", "knot-c"])
      for (const depth of [1, 2, 3])
        for (const first of [7, 1_000]) await same(around({ id, depth, first, types: [] }));
    for (const to of ["firm-asml", "jurisdiction-us", "knot-a", "firm-jinhua"])
      await same((steps) => paths(steps, { from: "firm-jinhua", to, maxLength: 6, first: 5, types: [] }));
    const unknown = { id: "nobody", depth: 1, first: 5, types: [] };
    for (const steps of ways) await expect(around(unknown)(steps)).rejects.toThrow(/nobody/);
  });

  test("are used as long as they are known to be current, and nobody waits for them", async () => {
    const cache = createLinksCache(store, { refreshMs: 60_000 });
    expect(cache.ready()).toBeNull();
    await expect.poll(() => cache.ready()?.version, { timeout: 20_000 }).toBe(links.version);
    expect(cache.ready(links.version + 1)).toBeNull();
    const { version } = await store.write(async () => undefined);
    cache.noticed(version);
    expect(cache.ready()).toBeNull();
    await expect.poll(() => cache.ready()?.version, { timeout: 20_000 }).toBe(version);
  });

  test("answer a service as the store does", async () => {
    const ask = `{
      neighborhood(id: "firm-jinhua", depth: 2) { version truncated subgraph { nodes { id kind name } edges { id marks relationship { id } } } }
      paths(from: "firm-jinhua", to: "firm-asml") { version paths { nodes { id __typename } relationships { id } } }
    }`;
    const current = await loadLinks(store);
    const [stored, linked] = [
      openApi(store),
      openApi(store, { links: { ready: () => current, noticed: () => undefined } }),
    ];
    const answer = await linked.ask(ask);
    expect(answer.errors).toBeUndefined();
    expect(answer).toStrictEqual(await stored.ask(ask));
    for (const api of [stored, linked]) api.stop();
  });
});
