import type { RelationshipType } from "../../graph/ontology.ts";
import type { Columns } from "../../graph/projection/columns.ts";
import { createEntities } from "../../graph/queries/write-entities.ts";
import { createRelationships, type NewRelationship } from "../../graph/queries/write-relationships.ts";
import type { PropertyValue, PropertyValues } from "../../graph/records.ts";
import type { GraphStore, Statement } from "../../graph/store/store.ts";
import type { EdgePiece, GeneratedNetwork } from "./network-columns.ts";

const BATCH = 5_000;

/** Columns that are ends of an edge, or its id, and no properties of their own. */
const ENDS: Readonly<Record<EdgePiece["type"], readonly [from: string, to: string]>> = {
  SUPPLIES: ["provider", "item"],
  REQUIRES: ["item", "input"],
  VARIANT_OF: ["variant", "itemClass"],
  OWNS: ["owner", "owned"],
  SOURCES_FROM: ["buyer", "seller"],
};

/** Writes a generated network as it stands, without the checks of an import: names, data set and source are the same as its. */
export async function fillStore(store: GraphStore, network: GeneratedNetwork): Promise<void> {
  const run = ({ query, params }: Statement<never>) => store.write((tx) => tx.run(query, params));
  const nodes = (kind: "Product" | "Firm" | "Jurisdiction" | "Chain" | "Stage", rows: readonly PropertyValues[]) =>
    inBatches(rows, (batch) => run(createEntities(kind, batch)));
  for (const columns of network.itemPieces()) await nodes("Product", nodeRows(columns, "产品"));
  for (const columns of network.firmPieces()) await nodes("Firm", nodeRows(columns, "企业"));
  await nodes("Jurisdiction", nodeRows(network.jurisdictions(), "国家"));
  const chains = { id: network.chains.map((chain) => chain.id) };
  await nodes("Chain", nodeRows(chains, "产业链"));
  await nodes("Stage", nodeRows({ id: chains.id.map(stageOf) }, "环节"));

  const edges = (type: RelationshipType, rows: readonly NewRelationship[]) =>
    inBatches(rows, (batch) => run(createRelationships(type, batch)));
  for (const { type, columns } of network.edgePieces()) await edges(type, edgeRows(type, columns));
  for (const { id, leaders, items } of network.chains) {
    await edges(
      "LEADS",
      leaders.map((firm) => joining(firm, "LEADS", id)),
    );
    await edges("PART_OF", [
      joining(stageOf(id), "PART_OF", id),
      ...items.map((item) => joining(item, "PART_OF", stageOf(id))),
    ]);
  }
}

function stageOf(chain: string): string {
  return `stage-of-${chain}`;
}

function joining(from: string, type: RelationshipType, to: string): NewRelationship {
  return { from, to, properties: { id: `${from}:${type}:${to}`, dataset: "bench", assertion: "STATED" } };
}

async function inBatches<Row>(rows: readonly Row[], write: (batch: readonly Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) await write(rows.slice(from, from + BATCH));
}

function nodeRows(columns: Readonly<Record<string, readonly unknown[]>>, name: string): readonly PropertyValues[] {
  return columns["id"]!.map((id, row) => ({
    ...stated(columns, row),
    id: String(id),
    name: `${name}${id}`,
    dataset: "bench",
    assertion: "STATED",
  }));
}

function edgeRows(type: EdgePiece["type"], columns: Columns<object>): readonly NewRelationship[] {
  const all = columns as Readonly<Record<string, readonly unknown[]>>;
  const [from, to] = ENDS[type];
  return all["id"]!.map((_, row) => {
    const { [from]: source, [to]: target, maker, item, ...properties } = stated(all, row);
    const product = type === "SOURCES_FROM" || maker !== undefined ? { product: String(item ?? source) } : {};
    return {
      from: String(maker ?? source),
      to: String(target),
      properties: { ...properties, ...product, dataset: "bench" },
    };
  });
}

function stated(columns: Readonly<Record<string, readonly unknown[]>>, row: number): PropertyValues {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, values]) =>
      values[row] === null ? [] : [[name, values[row] as PropertyValue]],
    ),
  );
}
