import type { Fault, RelationshipRecord } from "../records.ts";

/** A record that closes a cycle, and what is said of it. */
interface VariantCycle extends Pick<Fault, "message" | "messageZh"> {
  readonly record: RelationshipRecord;
}

/**
 * The VARIANT_OF records that close a cycle, given the pairs that hold already. One per cycle found: the record that
 * leads back to a product from which the walk came; the messages name the whole cycle.
 */
export function variantCycles(
  relationships: readonly RelationshipRecord[],
  known: Iterable<readonly [variant: string, itemClass: string]>,
): VariantCycle[] {
  const records = relationships.filter(({ type }) => type === "VARIANT_OF");
  if (records.length === 0) return [];
  const classes = new Map<string, string[]>();
  for (const [variant, itemClass] of known) append(classes, variant, itemClass);
  const cycles: VariantCycle[] = [];
  for (const record of records) {
    const way = wayBetween(record.to, record.from, classes);
    if (way === undefined) append(classes, record.from, record.to);
    else {
      const circle = [record.from, ...way].join(" → ");
      cycles.push({
        record,
        message: `VARIANT_OF leads in a circle: ${circle} — remove one of these relationships`,
        messageZh: `变体关系（VARIANT_OF）成环：${circle}——请删去其中一条关系`,
      });
    }
  }
  return cycles;
}

/** A way along the edges, both ends included; undefined where there is none. Breadth first, so it is a shortest one. */
function wayBetween(from: string, to: string, edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const at of cameFrom.keys()) {
    if (at === to) {
      const way: string[] = [];
      for (let step: string | undefined = at; step !== undefined; step = cameFrom.get(step)) way.unshift(step);
      return way;
    }
    for (const next of edges.get(at) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, at);
  }
  return undefined;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
