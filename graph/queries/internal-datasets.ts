import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

/** Which data sets are marked as internal? In order of name. */
export const internalDatasets: Query<{ name: string }> = {
  name: "internalDatasets",
  row: z.object({ name: z.string() }),
  text: cypher`
    MATCH (dataset:Dataset)
    WHERE dataset.internal
    RETURN dataset.name AS name
    ORDER BY name
  `,
};

/** Which sources belong to these data sets (`datasets`)? In order of id. */
export const internalSources: Query<{ id: string }> = {
  name: "internalSources",
  row: z.object({ id: z.string() }),
  text: cypher`
    MATCH (source:Source)
    WHERE source.dataset IN $datasets
    RETURN source.id AS id
    ORDER BY id
  `,
};

/** Which products of these data sets (`datasets`) do relationships of others name in their `product`? In order of id. */
export const productsNamedElsewhere: Query<{ id: string }> = {
  name: "productsNamedElsewhere",
  row: z.object({ id: z.string() }),
  text: cypher`
    MATCH (:Entity)-[relationship]->(:Entity)
    WHERE relationship.product IS NOT NULL AND NOT relationship.dataset IN $datasets
    WITH DISTINCT relationship.product AS id
    MATCH (product:Product {id: id})
    WHERE product.dataset IN $datasets
    RETURN id
    ORDER BY id
  `,
};
