import type { InputFault } from "../formats/input.ts";
import { entityOfLine, relationshipOfLine } from "../formats/jsonl-record.ts";
import type { EntityRecord, Place, RelationshipRecord } from "../records.ts";
import { type UserError, userErrorOf } from "./user-error.ts";

/** A record as a caller sends it; only its shape is known. */
export interface EntityInput {
  readonly id: string;
  readonly kind: string;
  readonly properties: unknown;
  /** The version that it must have now; 0 = it must not be there. */
  readonly ifVersion?: number | null | undefined;
}

/** As `EntityInput`; without `id` it is made of the ends, product and slot. */
export interface RelationshipInput {
  readonly id?: string | null | undefined;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: unknown;
  readonly ifVersion?: number | null | undefined;
}

/** What could be read, and what is wrong with the rest. */
export interface InputRecords<Item> {
  /** Each with the version that it must have, where that was said. */
  readonly records: readonly { readonly record: Item; readonly ifVersion: number | undefined; readonly path: string }[];
  readonly errors: readonly UserError[];
  /** Ids of nodes that could not be read. */
  readonly unread: ReadonlySet<string>;
}

/** What faults call the keys of a record; everything else is among its properties. */
const KEYS: Readonly<Record<string, string>> = {
  id: "id",
  kind: "kind",
  type: "type",
  from: "from",
  to: "to",
  properties: "properties",
  ":START_ID": "from",
  ":END_ID": "to",
  ":TYPE": "type",
};
const COLUMNS: Readonly<Record<string, string>> = new Proxy(KEYS, {
  get: (keys, field) => (typeof field === "string" ? (keys[field] ?? `properties.${field}`) : undefined),
});

/** Nodes as records, each with its place in the input. `dataset` is for those that name none. */
export function readEntityInputs(
  inputs: readonly EntityInput[],
  dataset: string | undefined,
): InputRecords<EntityRecord> {
  return readInputs<EntityInput, EntityRecord>("entities", inputs, ({ id, kind, properties }, place) =>
    entityOfLine({ id, kind, properties }, dataset ?? "", place),
  );
}

/** As `readEntityInputs`, of relationships. */
export function readRelationshipInputs(
  inputs: readonly RelationshipInput[],
  dataset: string | undefined,
): InputRecords<RelationshipRecord> {
  return readInputs<RelationshipInput, RelationshipRecord>(
    "relationships",
    inputs,
    ({ id, type, from, to, properties }, place) =>
      relationshipOfLine({ ...(id == null ? {} : { id }), type, from, to, properties }, dataset ?? "", place),
  );
}

function readInputs<Input extends { readonly ifVersion?: number | null | undefined }, Item extends AnyRecord>(
  list: string,
  inputs: readonly Input[],
  read: (input: Input, place: Place) => Item | readonly InputFault[],
): InputRecords<Item> {
  const records: { record: Item; ifVersion: number | undefined; path: string }[] = [];
  const errors: UserError[] = [];
  const unread = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const path = `${list}[${index}]`;
    const found = read(input, { file: list, row: index, path, columns: COLUMNS });
    if (!Array.isArray(found)) {
      records.push({ record: withoutBlankDataset(found as Item), ifVersion: input.ifVersion ?? undefined, path });
      continue;
    }
    for (const { fault, unread: id } of found as readonly InputFault[]) {
      errors.push(userErrorOf(fault));
      if (id !== undefined) unread.add(id);
    }
  }
  return { records, errors, unread };
}

type AnyRecord = EntityRecord | RelationshipRecord;

/** Where neither the record nor the caller names a data set, that is for the checks to say. */
function withoutBlankDataset<Item extends AnyRecord>(record: Item): Item {
  const { dataset, ...properties } = record.properties;
  return dataset === "" ? { ...record, properties } : record;
}
