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
    MATCH way = (product:Product {id: item})-[:VARIANT_OF*0..1]->(placed:Product)-[:PART_OF]->(stage:Stage)
    WHERE none(node IN nodes(way) WHERE node.dataset IN $hidden)
      AND none(step IN relationships(way) WHERE step.dataset IN $hidden)
    OPTIONAL MATCH (stage)-[ofChain:PART_OF]->(chain:Chain)
    WHERE NOT (ofChain.dataset IN $hidden OR chain.dataset IN $hidden)
    OPTIONAL MATCH (chain)-[ofPillar:PART_OF]->(pillar:Pillar)
    WHERE NOT (ofPillar.dataset IN $hidden OR pillar.dataset IN $hidden)
    OPTIONAL MATCH (pillar)-[ofCluster:PART_OF]->(cluster:Cluster)
    WHERE NOT (ofCluster.dataset IN $hidden OR cluster.dataset IN $hidden)
    OPTIONAL MATCH (chain)-[ofDirect:PART_OF]->(direct:Cluster)
    WHERE NOT (ofDirect.dataset IN $hidden OR direct.dataset IN $hidden)
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
    WHERE NOT chain.dataset IN $hidden
    OPTIONAL MATCH (chain)-[ofPillar:PART_OF]->(pillar:Pillar)
    WHERE NOT (ofPillar.dataset IN $hidden OR pillar.dataset IN $hidden)
    OPTIONAL MATCH (pillar)-[ofCluster:PART_OF]->(cluster:Cluster)
    WHERE NOT (ofCluster.dataset IN $hidden OR cluster.dataset IN $hidden)
    OPTIONAL MATCH (chain)-[ofDirect:PART_OF]->(direct:Cluster)
    WHERE NOT (ofDirect.dataset IN $hidden OR direct.dataset IN $hidden)
    RETURN null AS item, null AS stage, chainId AS chain, pillar.id AS pillar, coalesce(cluster.id, direct.id) AS cluster
  `,
};
