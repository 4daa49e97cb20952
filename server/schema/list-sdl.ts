import { KIND_NAMES, KINDS, type Kind } from "../../graph/ontology.ts";
import { listName } from "./names.ts";
import { block, field } from "./sdl-text.ts";

export const COUNTED = field("How many there are on all pages together.", "totalCount: Int!");
export const COUNTS =
  "How many entries, on all pages together, have each value of one property: the largest group first; those without a value are a group too, whose `value` is null. 按属性计数，未知单列。";

/** The arguments of a list of neighbours. */
export function neighborArguments(name: string): string {
  return listArguments(`${name}Where`, `${name}Order`);
}

function listArguments(where: string, order: string): string {
  const page = "first: Int, after: String, last: Int, before: String";
  const asOf = `${JSON.stringify(AS_OF)} asOf: String`;
  return `(where: ${where}, orderBy: [${order}!], ${page}, ${asOf})`;
}

const AS_OF =
  "Only facts that hold on this day (YYYY-MM-DD), by their `validFrom` and `validTo`, relationships and conditions of `where` included; a fact without dates always holds. Not passed on to lists within. 时点。";

/** The lists of all entities of a kind: a root field each, with its connection. */
export function listSdl(): string[] {
  return [
    block("extend type Query", null, [
      field(
        "Entities of one kind, or of all, in order of id unless `orderBy` says otherwise. 按类别列出实体。",
        `entities(kind: Kind, ${listArguments("EntityWhere", "EntityOrder").slice(1)}: EntityConnection!`,
      ),
      ...KIND_NAMES.map(listField),
    ]),
    ...["Entity", ...KIND_NAMES].map(connection),
    block("type GroupCount", "How many entries have one value.", [
      field("The value as text; null = unknown.", "value: String"),
      "count: Int!",
    ]),
  ];
}

function listField(kind: Kind): string {
  return field(
    `${KINDS[kind].zh} · Every ${kind}, in order of id unless \`orderBy\` says otherwise; 20 where neither \`first\` nor \`last\` says how many (at most 1000).`,
    `${listName(kind)}${listArguments(`${kind}Where`, `${kind}Order`)}: ${kind}Connection!`,
  );
}

function connection(name: string): string {
  const edge = block(`type ${name}Edge`, null, ["cursor: String!", `node: ${name}!`]);
  const list = block(`type ${name}Connection`, null, [
    `edges: [${name}Edge!]!`,
    `nodes: [${name}!]!`,
    "pageInfo: PageInfo!",
    COUNTED,
    field(COUNTS, `counts(by: ${name}GroupField!, first: Int = 100): [GroupCount!]!`),
  ]);
  return `${edge}\n\n${list}`;
}
