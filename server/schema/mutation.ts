import { type DeletionInput, deleteEntities, deleteRelationships } from "../../graph/mutation/delete.ts";
import { type BatchInput, importBatch } from "../../graph/mutation/import-batch.ts";
import type { EntityInput, RelationshipInput } from "../../graph/mutation/input-records.ts";
import type { MutationRequest, MutationResult } from "../../graph/mutation/run-mutation.ts";
import { upsertEntities, upsertRelationships } from "../../graph/mutation/upsert.ts";
import { forwarding } from "../../graph/store/forwarding.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { LIMITS } from "../guard.ts";

interface Keyed {
  readonly clientMutationId?: string | null;
  readonly dataset?: string | null;
}
interface Args<Input> {
  readonly input: Input & Keyed;
}
const LONGEST_ID = 200;

export const mutations = {
  upsertEntities: async (
    _: unknown,
    { input }: Args<{ readonly entities: readonly EntityInput[] }>,
    context: Context,
  ) => {
    bounded(input.entities, "entities");
    const request = requestOf("upsertEntities", input, context);
    const result = await upsertEntities(writtenFor(context), request, input.entities, input.dataset ?? undefined);
    // An earlier mutation of the same operation may have read them before.
    for (const id of result.ids) context.loaders.entity.clear(id);
    return { ...payload(input, result), ids: result.ids, nodes: () => context.loaders.entity.loadMany(result.ids) };
  },

  upsertRelationships: async (
    _: unknown,
    { input }: Args<{ readonly relationships: readonly RelationshipInput[] }>,
    context: Context,
  ) => {
    bounded(input.relationships, "relationships");
    const request = requestOf("upsertRelationships", input, context);
    const { relationships, dataset } = input;
    const result = await upsertRelationships(writtenFor(context), request, relationships, dataset ?? undefined);
    return { ...payload(input, result), ids: result.ids };
  },

  deleteEntities: async (
    _: unknown,
    { input }: Args<{ readonly entities: readonly DeletionInput[]; readonly cascade?: boolean | null }>,
    context: Context,
  ) => {
    bounded(input.entities, "entities");
    const request = requestOf("deleteEntities", input, context);
    const store = input.cascade === true ? writtenAtLeisureFor(context) : writtenFor(context);
    const result = await deleteEntities(store, request, input.entities, input.cascade === true);
    for (const { id } of input.entities) context.loaders.entity.clear(id);
    return { ...payload(input, result), ids: idsOf(input.entities, result) };
  },

  deleteRelationships: async (
    _: unknown,
    { input }: Args<{ readonly relationships: readonly DeletionInput[] }>,
    context: Context,
  ) => {
    bounded(input.relationships, "relationships");
    const request = requestOf("deleteRelationships", input, context);
    const result = await deleteRelationships(writtenFor(context), request, input.relationships);
    return { ...payload(input, result), ids: idsOf(input.relationships, result) };
  },

  importBatch: async (
    _: unknown,
    { input }: Args<Pick<BatchInput, "format" | "content"> & { readonly replace?: boolean | null }>,
    context: Context,
  ) => {
    const { format, content, replace, dataset } = input;
    const batch = { format, content, replace: replace === true, dataset: dataset ?? undefined };
    const request = requestOf("importBatch", input, context);
    const result = await context.live.imports.during(dataset ?? "importBatch", (onProgress) =>
      importBatch(writtenAtLeisureFor(context), request, batch, onProgress),
    );
    const { nodes, relationships } = result;
    return { ...payload(input, result), dataset: result.dataset, nodes, relationships };
  },
};

function requestOf(field: string, input: Keyed, { caller, changesKept }: Context): MutationRequest {
  const { clientMutationId } = input;
  if (clientMutationId != null && (clientMutationId === "" || clientMutationId.length > LONGEST_ID))
    throw publicError("BAD_USER_INPUT", `\`clientMutationId\` has 1 to ${LONGEST_ID} characters.`);
  return {
    author: { id: caller.id, name: caller.name },
    clientMutationId: clientMutationId ?? undefined,
    content: [field, input],
    changesKept,
  };
}

function bounded(list: readonly unknown[], name: string): void {
  if (list.length > LIMITS.page)
    throw publicError("BAD_USER_INPUT", `\`${name}\` takes at most ${LIMITS.page} records; send more in parts.`);
}

function payload({ clientMutationId = null }: Keyed, { errors, ...result }: MutationResult) {
  const { version, created, updated, unchanged, deleted } = result;
  return { clientMutationId, version, created, updated, unchanged, deleted, userErrors: errors };
}

function idsOf(inputs: readonly DeletionInput[], { errors }: MutationResult): readonly string[] {
  return errors.length > 0 ? [] : inputs.map(({ id }) => id);
}

/** The store, whose writes are told to be those of this request, and end with its time. */
function writtenFor({ store, signal, budget }: Context): GraphStore {
  return forwarding(store, { write: (work) => store.write(work, { signal, timeoutMs: budget.left }) });
}

/** The same for what may be a hundred thousand records: it has the time that the store gives. */
function writtenAtLeisureFor({ store, signal }: Context): GraphStore {
  return forwarding(store, { write: (work) => store.write(work, { signal }) });
}
