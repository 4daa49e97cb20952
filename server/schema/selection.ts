import { type FieldNode, type GraphQLResolveInfo, Kind as Syntax } from "graphql";

/** The fields asked of a field's answer, by name, fragments gone into; whether `@skip` leaves one out is not looked at. */
export function selectedFields({
  fieldNodes,
  fragments,
}: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (selectionSet: FieldNode["selectionSet"]): void => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Syntax.FIELD) {
        const named = fields.get(selection.name.value);
        if (named === undefined) fields.set(selection.name.value, [selection]);
        else named.push(selection);
      } else if (selection.kind === Syntax.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  for (const node of fieldNodes) collect(node.selectionSet);
  return fields;
}
