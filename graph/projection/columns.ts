/** Rows column by column: what a query that collects returns, and what the network is built from. */
export type Columns<Row> = { readonly [Name in keyof Row]: readonly Row[Name][] };

/** Columns of edges; an id is null where it is made of the edge's ends, product and slot (`relationshipId`). */
export type EdgeColumns<Row extends { readonly id: string }> = Columns<
  Omit<Row, "id"> & { readonly id: string | null }
>;

/** Turns rows into columns; `names` are all names of a row. */
export function columnsOf<Row>(rows: readonly Row[], names: readonly (keyof Row)[]): Columns<Row> {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as unknown as Columns<Row>;
}
