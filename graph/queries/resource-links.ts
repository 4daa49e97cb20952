import { z } from "zod";
import { RESOURCE_RELATIONSHIPS, type ResourceLink } from "../analysis/resources.ts";
import { cypher } from "../cypher.ts";
import { KIND_NAMES } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

/**
 * Which resources, and which developing firms, act on these entities (`targets`), and how? At most `limit` rows, in order
 * of the relationship's id. What acts on a project or institute among the answers is asked for by a second read.
 */
export const resourceLinks: Query<ResourceLink> = {
  name: "resourceLinks",
  row: z.object({
    ...factColumns,
    type: z.enum(RESOURCE_RELATIONSHIPS),
    resource: z.string(),
    kind: z.enum(KIND_NAMES),
    target: z.string(),
    targetKind: z.enum(KIND_NAMES),
  }),
  text: cypher`
    UNWIND $targets AS target
    MATCH (resource:Entity)-[link:RESEARCHES|DEVELOPS|TARGETS|FUNDS|SUPPORTS|SERVES|WORKS_AT]->(acted:Entity {id: target})
    WHERE NOT (resource.dataset IN $hidden OR link.dataset IN $hidden OR acted.dataset IN $hidden)
    RETURN link.id AS id, link.assertion AS assertion, link.validFrom AS validFrom, link.validTo AS validTo,
      type(link) AS type, resource.id AS resource,
      [label IN labels(resource) WHERE label <> 'Entity'][0] AS kind,
      target, [label IN labels(acted) WHERE label <> 'Entity'][0] AS targetKind
    ORDER BY id
    LIMIT $limit
  `,
};
