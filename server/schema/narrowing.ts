import type { Scope } from "../../graph/filter/fields.ts";
import { ORDER_LIMIT, type OrderKey, orderKey } from "../../graph/filter/order.ts";
import type { Narrowing, Where } from "../../graph/filter/where.ts";
import type { RelationshipType } from "../../graph/ontology.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import type { PageArguments } from "./connection.ts";
import { isDay } from "./policy.ts";

/** Arguments of a list of entities. */
export interface ListArguments extends PageArguments {
  readonly where?: Where | null;
  readonly orderBy?: readonly AskedOrder[] | null;
  readonly asOf?: string | null;
}

type AskedOrder = {
  readonly field?: string;
  readonly node?: string | null;
  readonly edge?: string | null;
  readonly direction: "ASC" | "DESC";
};

/** What a list is narrowed to and put in order by. @throws BAD_USER_INPUT */
export function narrowing(
  { where, orderBy, asOf }: ListArguments,
  scope: Scope,
  type: RelationshipType | null,
  { hides }: Pick<Context, "hides">,
): Narrowing & { readonly where: Where | null; readonly order: readonly OrderKey[] } {
  if (asOf != null && !isDay(asOf)) throw publicError("BAD_USER_INPUT", "`asOf` takes a day like 2025-05-12.");
  const order = (orderBy ?? []).map(({ field, node, edge, direction }) => {
    const asked = [field, node, edge].filter((name) => name != null);
    if (asked.length !== 1)
      throw publicError("BAD_USER_INPUT", "Each entry of `orderBy` takes `node` or `edge`, one of them.");
    return orderKey({ on: edge == null ? "node" : "edge", property: asked[0]!, direction }, scope, type);
  });
  if (order.length > ORDER_LIMIT)
    throw publicError("BAD_USER_INPUT", `\`orderBy\` takes at most ${ORDER_LIMIT} properties.`);
  return { where: where ?? null, asOf: asOf ?? null, hides, order };
}
