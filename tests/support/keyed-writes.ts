import neo4j from "neo4j-driver";
import type { Question, Reply } from "./users.ts";

const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code message } } }`;

/**
 * Writes of one new firm each, with a client mutation id. One whose reply does not say that it is stored is sent again
 * under the same id until one does.
 */
export class KeyedWrites {
  #made = 0;
  readonly #again: Question[] = [];
  readonly #acknowledged = new Set<string>();

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  get isSettled(): boolean {
    return this.#again.length === 0;
  }

  next(): Question {
    return this.#again.shift() ?? this.#write(`firm-keyed-${this.#made++}`);
  }

  /** Takes in the reply to a question that `next` gave; others are not its own. */
  told({ data, codes, failure }: Reply, question: Question): void {
    if (question.query !== UPSERT) return;
    const { clientMutationId } = question.variables!["input"] as { readonly clientMutationId: string };
    const { userErrors } = (data?.["upsertEntities"] ?? { userErrors: [null] }) as { userErrors: unknown[] };
    if (failure === null && codes.length === 0 && userErrors.length === 0) this.#acknowledged.add(clientMutationId);
    else this.#again.push(question);
  }

  /** What is wrong with a Neo4j once every write has been acknowledged: lost ones, and those carried out twice. */
  async faults(uri: string): Promise<readonly string[]> {
    const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
    try {
      const ask = async (query: string) =>
        new Map(
          (await driver.executeQuery(query, {}, { database: "neo4j" })).records.map((row) => [
            row.get("id") as string,
            row.get("many") as number,
          ]),
        );
      const nodes = await ask(
        "MATCH (n:Entity) WHERE n.id STARTS WITH 'firm-keyed-' RETURN n.id AS id, count(*) AS many",
      );
      const changes = await ask(
        "MATCH (c:Change) WHERE c.clientMutationId IS NOT NULL RETURN c.clientMutationId AS id, count(*) AS many",
      );
      return [...this.#acknowledged].flatMap((id) => [
        ...(nodes.get(id) === 1 ? [] : [`${id} is there ${nodes.get(id) ?? 0} times`]),
        ...(changes.get(id) === 1 ? [] : [`${id} was carried out ${changes.get(id) ?? 0} times`]),
      ]);
    } finally {
      await driver.close();
    }
  }

  #write(id: string): Question {
    const properties = { name: id, assertion: "ASSUMED" };
    const input = { dataset: "keyed", clientMutationId: id, entities: [{ id, kind: "Firm", properties }] };
    return { query: UPSERT, variables: { input } };
  }
}
