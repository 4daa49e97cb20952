import type { EntityRecord, Fault, RelationshipRecord } from "../records.ts";
import type { Dataset } from "./dataset.ts";

/**
 * What an import of any format reads, with the place of each record, in pieces: small enough to be streamed, so that a
 * file larger than memory can be read, and of many records, as an asynchronous step for each takes half as long as to read it.
 * `entities` and `relationships` may each be read more than once.
 */
export interface RecordInput {
  /** Which data set the records belong to, with its licence; the records carry its name. */
  readonly dataset: Dataset;
  /** Further data sets that it describes, whose names some of its records carry. */
  readonly others?: readonly Dataset[];
  /** Bytes of all files, for progress. */
  readonly size: number;
  entities(): AsyncIterable<readonly (EntityRecord | InputFault)[]>;
  relationships(): AsyncIterable<readonly (RelationshipRecord | InputFault)[]>;
}

/** Something that could not be read as a record. */
export interface InputFault {
  readonly fault: Fault;
  /** Id of the node whose row it was: what points to that node is not one fault more. */
  readonly unread?: string;
}

type AnyItem = EntityRecord | RelationshipRecord | InputFault;

/** What a file of nodes gives. */
export function isOfNodes(item: AnyItem): item is EntityRecord | InputFault {
  return !("type" in item);
}

/** What a file of relationships gives. */
export function isOfRelationships(item: AnyItem): item is RelationshipRecord | InputFault {
  return !("kind" in item);
}
