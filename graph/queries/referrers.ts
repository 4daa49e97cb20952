import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ id: z.string(), what: z.string(), dataset: z.string().nullable(), refersTo: z.string() });
export type Referrer = z.infer<typeof row>;

/**
 * Which relationships of other data sets than `dataset` are at one of these entities (`ids`), as their type (`what`)? Up
 * to `limit`, in order.
 */
export const relationshipReferrers: Query<Referrer> = {
  name: "relationshipReferrers",
  row,
  text: cypher`
    UNWIND $ids AS refersTo
    MATCH (entity:Entity {id: refersTo})-[relationship]-(:Entity)
    WHERE relationship.dataset IS NULL OR relationship.dataset <> $dataset
    RETURN DISTINCT relationship.id AS id, type(relationship) AS what, relationship.dataset AS dataset, refersTo
    ORDER BY refersTo, id
    LIMIT $limit
  `,
};

/** Which relationships of other data sets name one of these products (`ids`) as their product? Up to `limit`, in order. */
export const productReferrers: Query<Referrer> = {
  name: "productReferrers",
  row,
  text: cypher`
    MATCH (:Entity)-[relationship]->(:Entity)
    WHERE relationship.product IN $ids AND (relationship.dataset IS NULL OR relationship.dataset <> $dataset)
    RETURN relationship.id AS id, type(relationship) AS what, relationship.dataset AS dataset,
           relationship.product AS refersTo
    ORDER BY refersTo, id
    LIMIT $limit
  `,
};

/** Which entities of other data sets name one of these documents (`ids`) among their sources? Up to `limit`, in order. */
export const entitySourceReferrers: Query<Referrer> = {
  name: "entitySourceReferrers",
  row,
  text: cypher`
    MATCH (entity:Entity)
    WHERE entity.sources IS NOT NULL AND (entity.dataset IS NULL OR entity.dataset <> $dataset)
    UNWIND entity.sources AS refersTo
    WITH entity, refersTo
    WHERE refersTo IN $ids
    RETURN entity.id AS id, [label IN labels(entity) WHERE label <> 'Entity'][0] AS what, entity.dataset AS dataset,
           refersTo
    ORDER BY refersTo, id
    LIMIT $limit
  `,
};

/** Which relationships of other data sets name one of these documents (`ids`) among their sources? Up to `limit`, in order. */
export const relationshipSourceReferrers: Query<Referrer> = {
  name: "relationshipSourceReferrers",
  row,
  text: cypher`
    MATCH (:Entity)-[relationship]->(:Entity)
    WHERE relationship.sources IS NOT NULL AND (relationship.dataset IS NULL OR relationship.dataset <> $dataset)
    UNWIND relationship.sources AS refersTo
    WITH relationship, refersTo
    WHERE refersTo IN $ids
    RETURN relationship.id AS id, type(relationship) AS what, relationship.dataset AS dataset, refersTo
    ORDER BY refersTo, id
    LIMIT $limit
  `,
};
