import { type EntityProperties, entityProperties } from "../queries/store-format.ts";
import { updateEntities } from "../queries/write-entities.ts";
import { searchText } from "../search-text.ts";
import type { Statements } from "./store-format.ts";

const ROWS_PER_STATEMENT = 2_000;

/**
 * From format 1 to 2: the search text of every entity as this version makes it. Stores without a mark come from versions
 * that cannot be told apart, and what is derived from other properties is derived anew.
 */
export async function rewriteSearchTexts(statements: Statements, page = ROWS_PER_STATEMENT): Promise<void> {
  let after: string | undefined = "";
  while (after !== undefined) {
    const entities: readonly EntityProperties[] = await statements.run(entityProperties, { after, limit: page });
    const rows = entities
      .map((entity) => ({ id: entity.id, changes: { searchText: searchText(entity) } }))
      .filter(({ changes }, index) => entities[index]!.properties["searchText"] !== changes.searchText);
    if (rows.length > 0) await statements.run(updateEntities, { rows });
    after = entities.at(-1)?.id;
  }
}
