import type { FactRow, NetworkRows } from "../../graph/projection/rows.ts";

/** No facts at all. */
export function emptyRows(): NetworkRows {
  return {
    items: [],
    firms: [],
    jurisdictions: [],
    offers: [],
    requirements: [],
    variants: [],
    stakes: [],
    purchases: [],
    chains: [],
  };
}

/** A stated fact that always holds. */
export function facts(id: string): FactRow {
  return { id, assertion: "STATED", validFrom: null, validTo: null };
}
