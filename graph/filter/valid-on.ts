import Cypher from "@neo4j/cypher-builder";
import { allOf, type Condition } from "./condition.ts";

/**
 * Whether a fact holds on a day (YYYY-MM-DD): it has begun and not ended. A fact without dates always holds; a month or a
 * year begins with its first day and ends with its last. Every day where `day` is null.
 */
export function validOn(fact: Cypher.Variable, day: string | null): Condition {
  if (day === null) return true;
  const [from, to] = [fact.property("validFrom"), fact.property("validTo")];
  const on = new Cypher.Param(day);
  const within = new Cypher.Param([day.slice(0, 4), day.slice(0, 7)]);
  return allOf([
    Cypher.or(Cypher.isNull(from), Cypher.lte(from, on))!,
    Cypher.or(Cypher.isNull(to), Cypher.gte(to, on), Cypher.in(to, within))!,
  ]);
}
