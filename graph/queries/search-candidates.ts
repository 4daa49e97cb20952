import { z } from "zod";
import { cypher } from "../cypher.ts";
import { KIND_NAMES } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  id: z.string(),
  kind: z.enum(KIND_NAMES),
  name: z.string(),
  nameEn: z.string().nullable(),
  aliases: z.array(z.string()).nullable(),
  stockCode: z.string().nullable(),
  creditCode: z.string().nullable(),
  code: z.string().nullable(),
  documentNumber: z.string().nullable(),
});
export type SearchCandidate = z.infer<typeof row>;

/** Which entities of these kinds (`kinds`) hold every one of these normalised words (`words`, the rarest first) in their search text? */
export const searchCandidates: Query<SearchCandidate> = {
  name: "searchCandidates",
  row,
  text: cypher`
    MATCH (entity:Entity)
    WHERE entity.searchText CONTAINS $word AND all(word IN $words WHERE entity.searchText CONTAINS word)
      AND NOT entity.dataset IN $hidden
    WITH entity, [label IN labels(entity) WHERE label <> 'Entity'][0] AS kind
    WHERE kind IN $kinds
    RETURN entity.id AS id, kind, entity.name AS name, entity.nameEn AS nameEn, entity.aliases AS aliases,
           entity.stockCode AS stockCode, entity.creditCode AS creditCode, entity.code AS code,
           entity.documentNumber AS documentNumber
    ORDER BY size(entity.name), id
    LIMIT $limit
  `,
};
