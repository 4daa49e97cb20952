import { signal } from "@preact/signals";
import type { AnyVariables, CombinedError, DocumentInput } from "@urql/core";
import { client, overtakenBy } from "../../api/client.ts";
import {
  deleteEntities,
  deleteRelationships,
  type UserError,
  upsertEntities,
  upsertRelationships,
} from "../../api/edit.ts";
import type { VariablesOf } from "../../api/graphql.ts";

/** The version of the graph that the last save of this page made; null before one. */
export const savedVersion = signal<number | null>(null);

export type EntityInput = VariablesOf<typeof upsertEntities>["input"]["entities"][number];
export type RelationshipInput = VariablesOf<typeof upsertRelationships>["input"]["relationships"][number];
export type Kind = EntityInput["kind"];

interface Payload {
  readonly version: number;
  readonly userErrors: readonly UserError[];
}

/** How a mutation ended: with errors of the input, without an answer, or stored. */
export interface Reply {
  readonly errors: readonly UserError[];
  readonly failure: CombinedError | null;
}

/** Stores nodes, all or none. The same id with the same content is carried out once. */
export function storeEntities(entities: readonly EntityInput[], clientMutationId: string): Promise<Reply> {
  const input = { clientMutationId, entities: [...entities] };
  return send(upsertEntities, { input }, (data) => data.upsertEntities);
}

/** As `storeEntities`, for relationships. */
export function storeRelationships(
  relationships: readonly RelationshipInput[],
  clientMutationId: string,
): Promise<Reply> {
  const input = { clientMutationId, relationships: [...relationships] };
  return send(upsertRelationships, { input }, (data) => data.upsertRelationships);
}

/** Removes a node, if it is still in this version. */
export function removeEntity(id: string, ifVersion: number): Promise<Reply> {
  return send(deleteEntities, { input: { entities: [{ id, ifVersion }] } }, (data) => data.deleteEntities);
}

/** Removes a relationship, if it is still in this version. */
export function removeRelationship(id: string, ifVersion: number): Promise<Reply> {
  const input = { relationships: [{ id, ifVersion }] };
  return send(deleteRelationships, { input }, (data) => data.deleteRelationships);
}

async function send<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
  payloadOf: (data: Data) => Payload,
): Promise<Reply> {
  const { data, error } = await client.mutation(document, variables);
  if (data === undefined || data === null || error !== undefined) return { errors: [], failure: error ?? null };
  const { version, userErrors } = payloadOf(data);
  // Also where it was refused: what somebody else has made of the record is to be seen.
  overtakenBy(version);
  if (userErrors.length === 0) savedVersion.value = version;
  return { errors: userErrors, failure: null };
}
