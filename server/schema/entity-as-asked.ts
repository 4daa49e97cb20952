import { type GraphQLResolveInfo, Kind as Syntax } from "graphql";
import type { Kind } from "../../graph/ontology.ts";
import type { Context } from "../context.ts";

const IDENTITY: ReadonlySet<string> = new Set(["id", "__typename"]);

/** An entity for a field that returns one: it is not read where nothing but `id` and `__typename` is asked of it. */
export function entityAsAsked(
  { id, kind }: { readonly id: string; readonly kind: Kind },
  { loaders }: Context,
  info: GraphQLResolveInfo,
) {
  return asksIdAlone(info) ? { id, kind } : loaders.entity.load(id);
}

function asksIdAlone({ fieldNodes }: GraphQLResolveInfo): boolean {
  return fieldNodes.every(({ selectionSet }) =>
    selectionSet!.selections.every((each) => each.kind === Syntax.FIELD && IDENTITY.has(each.name.value)),
  );
}
