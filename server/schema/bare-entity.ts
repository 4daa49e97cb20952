import { type GraphQLResolveInfo, Kind as Syntax } from "graphql";
import type { Kind } from "../../graph/ontology.ts";
import type { EntityRow } from "../../graph/queries/rows.ts";

/** Whether nothing but `id` and `__typename` is asked of a field's entities: those need not be read. */
export function asksIdAlone({ fieldNodes }: GraphQLResolveInfo): boolean {
  return fieldNodes.every(({ selectionSet }) =>
    selectionSet!.selections.every((each) => each.kind === Syntax.FIELD && IDENTITY.has(each.name.value)),
  );
}

const IDENTITY: ReadonlySet<string> = new Set(["id", "__typename"]);

/** An entity of which that is enough. */
export function bare({ id, kind }: { readonly id: string; readonly kind: Kind }): EntityRow {
  return { id, kind, properties: {} };
}
