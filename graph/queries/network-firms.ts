import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type Stated } from "./network-columns.ts";

/** Firms, ascending by id as the engine orders; `key` is the engine's own, good for this reading only. */
export interface FirmColumns {
  readonly key: readonly number[];
  readonly id: readonly string[];
  readonly country: Stated<string>;
  readonly region: Stated<string>;
}

/** Which firms are there after `after` up to `upto`, and where? A page of at most `limit`. */
export const networkFirms: Query<FirmColumns> = {
  name: "networkFirms",
  row: columnsRow<FirmColumns>({
    key: column.key,
    id: column.text,
    country: column.statedText,
    region: column.statedText,
  }),
  text: cypher`
    MATCH (firm:Firm)
    WHERE firm.id > $after AND firm.id <= $upto AND NOT firm.dataset IN $hidden
    WITH firm
    ORDER BY firm.id
    LIMIT $limit
    RETURN collect(id(firm)) AS key, collect(firm.id) AS id, collect(coalesce(firm.country, false)) AS country,
      collect(coalesce(firm.region, false)) AS region
  `,
};
