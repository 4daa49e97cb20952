import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow } from "./network-columns.ts";

/** Jurisdictions, ascending by id as the engine orders; `key` is the engine's own, good for this reading only. */
export interface JurisdictionColumns {
  readonly key: readonly number[];
  readonly id: readonly string[];
  readonly code: readonly string[];
}

/** Which jurisdictions are there after `after` up to `upto`? A page of at most `limit`. */
export const networkJurisdictions: Query<JurisdictionColumns> = {
  name: "networkJurisdictions",
  row: columnsRow<JurisdictionColumns>({ key: column.key, id: column.text, code: column.text }),
  text: cypher`
    MATCH (jurisdiction:Jurisdiction)
    WHERE jurisdiction.id > $after AND jurisdiction.id <= $upto AND NOT jurisdiction.dataset IN $hidden
    WITH jurisdiction
    ORDER BY jurisdiction.id
    LIMIT $limit
    RETURN collect(id(jurisdiction)) AS key, collect(jurisdiction.id) AS id, collect(jurisdiction.code) AS code
  `,
};
