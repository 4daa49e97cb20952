import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type FactColumns, factChecks, type Stated } from "./network-columns.ts";

/** Stakes; the ends are the engine's keys. */
export interface StakeColumns extends FactColumns {
  readonly owner: readonly number[];
  readonly owned: readonly number[];
  readonly stake: Stated<number>;
}

/** Which stakes do the firms after `after` up to `upto` hold? */
export const networkStakes: Query<StakeColumns> = {
  name: "networkStakes",
  row: columnsRow<StakeColumns>({ ...factChecks, owner: column.key, owned: column.key, stake: column.statedNumber }),
  text: cypher`
    MATCH (owner:Firm)
    WHERE owner.id > $after AND owner.id <= $upto AND NOT owner.dataset IN $hidden
    MATCH (owner)-[stake:OWNS]->(owned:Firm)
    WHERE NOT (stake.dataset IN $hidden OR owned.dataset IN $hidden)
    RETURN collect(id(owner)) AS owner, collect(id(owned)) AS owned,
      collect(CASE WHEN stake.id = owner.id + ":OWNS:" + owned.id THEN false ELSE coalesce(stake.id, false) END) AS id,
      collect(coalesce(stake.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(stake.validFrom, false)) AS validFrom, collect(coalesce(stake.validTo, false)) AS validTo,
      collect(coalesce(stake.stake, false)) AS stake
  `,
};
