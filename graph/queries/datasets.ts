import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  name: z.string(),
  nameEn: z.string().nullable(),
  titleZh: z.string(),
  titleEn: z.string(),
  licence: z.string(),
  descriptionZh: z.string(),
  descriptionEn: z.string(),
  internal: z.boolean(),
});
const nameRow = z.object({ name: z.string() });

/** What is known of the data sets, of one (`name`) or of all (null)? In order of name. */
export const describedDatasets: Query<z.infer<typeof row>> = {
  name: "describedDatasets",
  row,
  text: cypher`
    MATCH (dataset:Dataset)
    WHERE $name IS NULL OR dataset.name = $name
    RETURN dataset.name AS name, dataset.nameEn AS nameEn, dataset.titleZh AS titleZh, dataset.titleEn AS titleEn,
           dataset.licence AS licence, dataset.descriptionZh AS descriptionZh, dataset.descriptionEn AS descriptionEn,
           coalesce(dataset.internal, false) AS internal
    ORDER BY name
  `,
};

/** Stores what is known of one data set (`name`, `properties`). */
export const describeDataset: Query<never> = {
  name: "describeDataset",
  row: z.never(),
  text: cypher`
    MERGE (dataset:Dataset {name: $name})
    SET dataset += $properties
  `,
};

/** Forgets what is known of one data set (`name`). */
export const forgetDataset: Query<never> = {
  name: "forgetDataset",
  row: z.never(),
  text: cypher`
    MATCH (dataset:Dataset {name: $name})
    DELETE dataset
  `,
};

/** Which data sets do entities name? In order of name. */
export const datasetsOfEntities: Query<z.infer<typeof nameRow>> = {
  name: "datasetsOfEntities",
  row: nameRow,
  text: cypher`
    MATCH (entity:Entity)
    WITH DISTINCT entity.dataset AS name
    WHERE name IS NOT NULL
    RETURN name
    ORDER BY name
  `,
};

/** Which data sets do relationships name? In order of name. */
export const datasetsOfRelationships: Query<z.infer<typeof nameRow>> = {
  name: "datasetsOfRelationships",
  row: nameRow,
  text: cypher`
    MATCH (:Entity)-[relationship]->(:Entity)
    WITH DISTINCT relationship.dataset AS name
    WHERE name IS NOT NULL
    RETURN name
    ORDER BY name
  `,
};
