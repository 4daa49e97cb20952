import { join } from "node:path";
import { seedIfEmpty } from "../../graph/import/seed.ts";
import { openGraph } from "../../graph/store/open.ts";
import { projectRoot } from "../../server/root.ts";
import { fillGraph } from "../bench/api/supplied-graph.ts";
import { type Service, startService } from "../support/service.ts";
import type { EngineSettings } from "./engine.ts";

/**
 * Starts a service on a graph of the size that the goals name: the seeds, and beside them 10,000 items and firms with 56,000
 * relationships.
 *
 * @param data its folder; empty
 */
export async function startOnGoalGraph(
  engine: EngineSettings,
  data: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Service> {
  await fill(engine, data);
  return await startService({ ...engine, LIANTU_DATA: data, ...settings });
}

async function fill({ NEO4J_URI: uri }: EngineSettings, data: string): Promise<void> {
  await using store = await openGraph(
    uri === undefined ? { engine: "embedded", path: join(data, "graph.grafeo") } : { engine: "neo4j", uri },
  );
  await store.prepare();
  await seedIfEmpty(store, join(projectRoot(), "seeds"), { info: () => undefined });
  await fillGraph(store);
  await store.replan?.();
}
