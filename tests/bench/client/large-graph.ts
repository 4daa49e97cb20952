import { openGraph } from "../../../graph/store/open.ts";
import { askService, type Service } from "../../support/service.ts";
import { fillStore } from "../fill-store.ts";
import { GeneratedNetwork } from "../network-columns.ts";

/** Its chains reach some 200 items with 600 sources: with their relationships, 2,000 elements. */
const SIZE = { nodes: 4_000, relationships: 16_000 };
const JURISDICTIONS = ["CN", "US", "JP", "KR", "DE", "NL", "FR", "GB", "IT", "SG", "MY", "VN", "IN", "CH", "SE", "IL"];
/** As many as the page asks for. */
const NEIGHBORS = 150;

/** The chain of the generated network whose views are opened. */
export const LARGE_CHAIN = "chain-0";

/** Writes the generated network into the folder of a service that is yet to start. */
export async function fillFolder(folder: string): Promise<void> {
  await using store = await openGraph({ engine: "embedded", path: `${folder}/graph.grafeo` });
  await store.prepare();
  await fillStore(store, new GeneratedNetwork(SIZE));
}

/** What to open in Explore for the picture to have at least so many elements: countries and owners, the widest first. */
export async function openingsFor(service: Service, elements: number): Promise<readonly string[]> {
  const found = new Set<string>();
  const opened: string[] = [];
  const candidates = [
    ...JURISDICTIONS.map((code) => `j-${code}`),
    ...Array.from({ length: 200 }, (_, firm) => `f-${firm}`),
  ];
  for (const id of candidates) {
    if (found.size >= elements) break;
    const { neighborhood } = await askService<{
      readonly neighborhood: { readonly subgraph: Record<"nodes" | "edges", readonly { readonly id: string }[]> };
    }>(
      service,
      `{ neighborhood(id: ${JSON.stringify(id)}, first: ${NEIGHBORS}) { subgraph { nodes { id } edges { id } } } }`,
    );
    for (const kind of ["nodes", "edges"] as const)
      for (const element of neighborhood.subgraph[kind]) found.add(`${kind} ${element.id}`);
    opened.push(id);
  }
  return opened;
}
