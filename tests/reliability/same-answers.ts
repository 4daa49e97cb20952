import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { buildSchema } from "graphql";
import neo4j from "neo4j-driver";
import { ingest } from "../../graph/import/ingest.ts";
import type { RelationshipType } from "../../graph/ontology.ts";
import type { EntityRecord, PropertyValues, RecordBatch } from "../../graph/records.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { type Answer, type Api, openApi } from "../support/api.ts";
import { graphs as listGraphs } from "../support/random-lists.ts";
import { randomNetwork } from "../support/random-network.ts";
import { type RandomOperation, randomOperation } from "../support/random-operation.ts";
import { recordsOfRows } from "../support/records-of-rows.ts";

export interface SameAnswersOutcome {
  readonly answers: number;
  /** Of the answers, those that are errors. */
  readonly errors: number;
  /** Questions with several faults of which the engines named different ones; they are no differences. */
  readonly otherFault: number;
  readonly differences: readonly string[];
}

/** Ids of the random graphs; the last is of none of them. */
const IDS = [
  ...["i", "f", "p"].flatMap((prefix) => [0, 1, 2, 3].map((at) => `${prefix}${at}`)),
  ...["j-CN", "j-US", "c0", "stage-c0", "nobody"],
];
const MOST_SHOWN = 20;
/** Milliseconds: what is compared is what is answered, however long a busy machine takes. */
const TIMEOUT_MS = 60_000;
/** Codes of answers that say nothing of the graph, only that its engine is busy. */
const COME_AGAIN = new Set(["DB_UNAVAILABLE", "TIMEOUT", "OVERLOADED"]);
const MOST_TRIES = 20;
const PAUSE_MS = 1_000;

/**
 * Gives the same queries, drawn from the schema, to a service on each engine with the same random graph, and the second
 * page where there is one: the answers must be the same, order, cursors and errors included. Of a question with several
 * faults, which of them is named depends on which was found first: where both engines refuse it, that is counted apart.
 *
 * @param seed of the queries and graphs; printed
 */
export async function sameAnswers(queries = 1_000, graphs = 20, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${queries} queries to ${graphs} graphs on both engines, seed ${seed}\n`);
  await using server = await startLocalNeo4j();
  const open = () => openGraph({ engine: "neo4j", uri: server.uri, timeoutMs: TIMEOUT_MS });
  const openEmpty = async (): Promise<GraphStore> => {
    await emptied(server.uri);
    return open();
  };
  const onGraph = (number: number, differences: number): void => {
    process.stdout.write(`graph ${number + 1} of ${graphs}: ${differences} differences so far\n`);
  };
  const { answers, errors, otherFault, differences } = await compareAnswers(queries, graphs, seed, openEmpty, onGraph);
  for (const difference of differences.slice(0, MOST_SHOWN)) process.stdout.write(`${difference}\n`);
  process.stdout.write(
    `${answers} answers of each, ${errors} of them errors (${otherFault} with another fault of the same question), ${differences.length} differences\n`,
  );
  return differences.length === 0;
}

/**
 * As `sameAnswers`, on an empty Neo4j of the caller.
 *
 * @param onGraph told after each graph how many differences there are so far
 */
export async function compareAnswers(
  queries: number,
  graphs: number,
  seed: number,
  openEmptyNeo4j: () => Promise<GraphStore>,
  onGraph?: (number: number, differences: number) => void,
): Promise<SameAnswersOutcome> {
  const schema = buildSchema(readFileSync(new URL("../../docs/schema.graphql", import.meta.url), "utf8"));
  const operations = fc.sample(randomOperation(schema, IDS), { seed, numRuns: queries });
  const differences: string[] = [];
  let [answers, errors, otherFault] = [0, 0, 0];
  for (const [number, batch] of fc.sample(anyBatch(), { seed, numRuns: graphs }).entries()) {
    await using embedded = await openWith(
      await openGraph({ engine: "embedded", path: null, timeoutMs: TIMEOUT_MS, shuffleUnordered: true }),
      batch,
    );
    await using onNeo4j = await openWith(await openEmptyNeo4j(), batch);
    for (const operation of operations) {
      for (let after: string | null = null, page = 1; page <= 2; page += 1) {
        const variables: Record<string, unknown> = { ...operation.variables, ...(operation.page && { after }) };
        const [one, other] = await Promise.all(
          [embedded, onNeo4j].map(async (api) => shown(await answered(api, operation.query, variables))),
        );
        answers += 1;
        if (one!.errors !== undefined) errors += 1;
        if (isRefusedInput(one!) && isRefusedInput(other!)) {
          if (JSON.stringify(one) !== JSON.stringify(other)) otherFault += 1;
        } else if (JSON.stringify(one) !== JSON.stringify(other))
          differences.push(
            `graph ${number}: ${operation.query} ${JSON.stringify(variables)}\n  embedded ${JSON.stringify(one)}\n  Neo4j    ${JSON.stringify(other)}`,
          );
        after = nextOf(one!, operation);
        if (after === null) break;
      }
    }
    onGraph?.(number, differences.length);
  }
  return { answers, errors, otherFault, differences };
}

/** What an engine answers in the end: one that is told to come again is no difference. */
async function answered(api: Api, query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await api.ask(query, variables);
    if (tries === MOST_TRIES || answer.errors?.some(({ extensions: { code } }) => COME_AGAIN.has(code)) !== true)
      return answer;
    await sleep(PAUSE_MS);
  }
}

async function openWith(store: GraphStore, batch: RecordBatch): Promise<Api> {
  await store.prepare();
  await ingest(store, batch);
  return openApi(store, { requestMs: TIMEOUT_MS });
}

interface Shown extends Pick<Answer, "status" | "data"> {
  readonly errors?: readonly { readonly code: string }[];
}

/** True for a question refused as a whole for a fault of its own. */
function isRefusedInput({ data, errors = [] }: Shown): boolean {
  return data === null && errors.length > 0 && errors.every(({ code }) => code === "BAD_USER_INPUT");
}

/** An answer without the id of its request. */
function shown({ status, data, errors }: Answer): Shown {
  return {
    status,
    data,
    ...(errors && { errors: errors.map(({ message, path, extensions: { code } }) => ({ message, path, code })) }),
  };
}

function nextOf({ data }: { readonly data: unknown }, { page }: RandomOperation): string | null {
  const list = page === null ? null : (data as Record<string, Paged | null> | null)?.[page];
  return list?.pageInfo.hasNextPage === true ? list.pageInfo.endCursor : null;
}

interface Paged {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Graphs that make lists hard, and graphs that make analyses hard. */
function anyBatch(): fc.Arbitrary<RecordBatch> {
  const ofLists = listGraphs.map(({ nodes, edges }): RecordBatch => {
    const stated = { dataset: "test", assertion: "ASSUMED" };
    return {
      entities: nodes.map((node) => ({
        ...node,
        kind: node.kind as EntityRecord["kind"],
        properties: { ...inOrder(node.properties), ...stated },
      })),
      relationships: edges.map((edge) => ({
        ...edge,
        type: edge.type as RelationshipType,
        properties: { ...inOrder(edge.properties), ...stated },
      })),
    };
  });
  return fc.noBias(fc.oneof(ofLists, randomNetwork().map(recordsOfRows)));
}

/** What ends before it begins would be refused. */
function inOrder({ validTo, ...properties }: PropertyValues): PropertyValues {
  const { validFrom } = properties;
  return validTo === undefined || (validFrom !== undefined && validTo < validFrom)
    ? properties
    : { ...properties, validTo };
}

async function emptied(uri: string): Promise<void> {
  const driver = neo4j.driver(uri);
  try {
    await driver.executeQuery("MATCH (n) DETACH DELETE n", {}, { database: "neo4j" });
  } finally {
    await driver.close();
  }
}
