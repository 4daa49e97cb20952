import { z } from "zod";
import type { Place } from "../analysis/closeness.ts";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  item: z.string().nullable(),
  stage: z.string().nullable(),
  chain: z.string().nullable(),
  pillar: z.string().nullable(),
  cluster: z.string().nullable(),
});

/**
 * Of which stages, chains, pillars and clusters are these items (`items`), or the classes they are variants of, part? A
 * row for each line of ancestors.
 */
export const itemPlaces: Query<Place> = {
  name: "itemPlaces",
  row,
  text: cypher`
    UNWIND $items AS item
    MATCH (product:Product {id: item})-[:VARIANT_OF*0..1]->(placed:Product)-[:PART_OF]->(stage:Stage)
    OPTIONAL MATCH (stage)-[:PART_OF]->(chain:Chain)
    OPTIONAL MATCH (chain)-[:PART_OF]->(pillar:Pillar)
    OPTIONAL MATCH (pillar)-[:PART_OF]->(cluster:Cluster)
    OPTIONAL MATCH (chain)-[:PART_OF]->(direct:Cluster)
    RETURN DISTINCT item, stage.id AS stage, chain.id AS chain, pillar.id AS pillar, coalesce(cluster.id, direct.id) AS cluster
  `,
};

/** Of which pillars and clusters are these chains (`chains`) part? */
export const chainPlaces: Query<Place> = {
  name: "chainPlaces",
  row,
  text: cypher`
    UNWIND $chains AS chainId
    MATCH (chain:Chain {id: chainId})
    OPTIONAL MATCH (chain)-[:PART_OF]->(pillar:Pillar)
    OPTIONAL MATCH (pillar)-[:PART_OF]->(cluster:Cluster)
    OPTIONAL MATCH (chain)-[:PART_OF]->(direct:Cluster)
    RETURN null AS item, null AS stage, chainId AS chain, pillar.id AS pillar, coalesce(cluster.id, direct.id) AS cluster
  `,
};
