import { GraphError } from "../errors.ts";
import type { InputFault, RecordInput } from "../formats/input.ts";
import { KIND_NAMES, type Kind } from "../ontology.ts";
import type { EntityRecord, Fault, RecordBatch, RelationshipRecord } from "../records.ts";
import { isNamedAfterSource } from "../relationship-ids.ts";
import type { GraphStore } from "../store/store.ts";
import { shown } from "../validation/faults.ts";
import { type KnownRecords, validateBatch } from "../validation/validate.ts";
import { concernsWholeFile, FaultCounter } from "./fault-tally.ts";
import { keepHeapSmall } from "./heap.ts";
import { IdTable } from "./id-table.ts";
import type { ImportOptions } from "./import-options.ts";
import { readStored, type Stored } from "./ingest-stored.ts";
import { storeRunner } from "./store-runner.ts";

/** Rows that are checked at a time: what is alive at once is copied at each collection, so few are cheaper … */
const ROWS = 500;
/** … but where the store is asked about them, it answers many in one statement. */
const ROWS_TO_ASK_ABOUT = 5_000;
/** Ids of rows that cannot be read, of which what points to them is not one fault more. */
const MOST_UNREAD = 100_000;
/** Set in the byte of an id that the store held before the import. */
const STORED = 128;
/** The byte of an id whose row was left out. */
const GONE = 127;
const NOTHING: Pick<Stored, "entities" | "relationships" | "known"> = {
  entities: new Map(),
  relationships: new Map(),
  known: { kindOf: () => undefined },
};

type AnyRecord = EntityRecord | RelationshipRecord;

/** Positions in a stream. */
class Positions {
  #bits = new Uint8Array(1 << 10);

  has(position: number): boolean {
    return ((this.#bits[position >> 3] ?? 0) & (1 << (position & 7))) !== 0;
  }

  add(position: number): void {
    if (position >> 3 >= this.#bits.length) {
      const bits = new Uint8Array(Math.max(this.#bits.length * 2, (position >> 3) + 1));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[position >> 3]! |= 1 << (position & 7);
  }
}

/**
 * Checks an input of any size as `validateBatch` does, in pieces: of each id it keeps 64 bits, so that 10 million rows take
 * a few hundred megabytes. Where `isNew` is true the graph holds nothing that matters to it.
 */
export class BulkCheck {
  readonly faults = new FaultCounter();
  /** Rows left out, by their position in the streams of the input. */
  readonly leftOut = { entities: new Positions(), relationships: new Positions() };
  nodes = 0;
  relationships = 0;
  rejected = 0;
  /** True where a fault cannot be mended by leaving rows out. */
  refused = false;
  readonly #store: GraphStore;
  readonly #input: RecordInput;
  readonly #options: Pick<ImportOptions, "skipInvalid" | "onRejected" | "onProgress" | "signal">;
  readonly #isNew: boolean;
  readonly #ids = new IdTable();
  #lowerIds = new IdTable();
  #relationshipIds = new IdTable();
  readonly #unread = new Set<string>();
  readonly #variants: (readonly [string, string])[] = [];

  constructor(
    store: GraphStore,
    input: RecordInput,
    options: Pick<ImportOptions, "skipInvalid" | "onRejected" | "onProgress" | "signal">,
    isNew: boolean,
  ) {
    this.#store = store;
    this.#input = input;
    this.#options = options;
    this.#isNew = isNew;
  }

  /** Whether the graph can hold none of these records: they may be made without looking for them. */
  isFresh({ entities, relationships }: RecordBatch): boolean {
    if (this.#isNew) return true;
    const isNew = (id: string): boolean => this.hasEntity(id) && (this.#ids.get(id) & STORED) === 0;
    return (
      entities.every(({ id }) => isNew(id)) &&
      relationships.every((record) => isNew(record.from) && isNamedAfterSource(record))
    );
  }

  hasEntity(id: string): boolean {
    const byte = this.#ids.get(id);
    return byte !== 0 && byte !== GONE;
  }

  hasRelationship(id: string): boolean {
    return this.#relationshipIds.get(id) !== 0;
  }

  /** Lets go of what writing does not ask for: most of the memory of a large import. */
  release(): void {
    this.#lowerIds = new IdTable();
    this.#relationshipIds = new IdTable();
  }

  async run(): Promise<void> {
    await this.#readIds();
    // A node may name a source that comes after it, and one left out may be named by one before it.
    for (let before = -1; before !== this.rejected; ) {
      before = this.rejected;
      await this.#pass("entities", this.#input.entities(), (records) => this.#checkEntities(records));
      if (this.refused || this.#options.skipInvalid !== true) break;
    }
    await this.#pass("relationships", this.#input.relationships(), (records) => this.#checkRelationships(records));
    this.refused ||= this.faults.count > 0 && this.#options.skipInvalid !== true;
  }

  async #readIds(): Promise<void> {
    let position = 0;
    for await (const items of this.#input.entities()) {
      for (const item of items) {
        const at = position++;
        if ("fault" in item) {
          this.#leaveOut("entities", at, [item.fault]);
          if (item.unread !== undefined && this.#options.skipInvalid !== true && this.#unread.size < MOST_UNREAD)
            this.#unread.add(item.unread);
          continue;
        }
        const fault = this.#newId(item);
        if (fault !== undefined) this.#leaveOut("entities", at, [fault], item);
      }
      this.#tell(position);
    }
  }

  #newId(entity: EntityRecord): Fault | undefined {
    const byte = KIND_NAMES.indexOf(entity.kind) + 1;
    const place = entity.place === undefined ? {} : { place: entity.place };
    const before = this.#ids.get(entity.id);
    if (before !== 0)
      return {
        ...place,
        field: "id",
        value: entity.id,
        code: "DUPLICATE_ID",
        message: `the id ${shown(entity.id)} stands in a row before this one already — remove one of the rows, or give it another id`,
        messageZh: `编号 ${shown(entity.id)} 已在前面的行中使用——请删去其中一行，或另取编号`,
      };
    if (this.#lowerIds.set(entity.id.toLowerCase(), 1) !== 0)
      return {
        ...place,
        field: "id",
        value: entity.id,
        code: "ID_DIFFERS_IN_CASE",
        message: `the id ${shown(entity.id)} differs from one in a row before this one in case only — rename one`,
        messageZh: `编号 ${shown(entity.id)} 与前面某行的编号只有大小写不同——请改其中一个`,
      };
    this.#ids.set(entity.id, byte);
    return undefined;
  }

  async #pass<Item extends AnyRecord>(
    stage: "entities" | "relationships",
    pieces: AsyncIterable<readonly (Item | InputFault)[]>,
    check: (records: readonly Item[]) => Promise<readonly Fault[]>,
  ): Promise<void> {
    let records: Item[] = [];
    let positions: number[] = [];
    let position = 0;
    let count = 0;
    const rows = this.#isNew ? ROWS : ROWS_TO_ASK_ABOUT;
    const flush = async (): Promise<void> => {
      this.#tell(position + (stage === "entities" ? 0 : this.nodes));
      const byPlace = new Map<string, Fault[]>();
      for (const fault of await check(records)) {
        const key = fault.place === undefined ? "" : `${fault.place.file}:${fault.place.row}`;
        byPlace.set(key, [...(byPlace.get(key) ?? []), fault]);
      }
      for (const [index, record] of byPlace.size === 0 ? [] : records.entries()) {
        const key = record.place === undefined ? "" : `${record.place.file}:${record.place.row}`;
        const faults = byPlace.get(key);
        if (faults === undefined) continue;
        this.#leaveOut(stage, positions[index]!, faults, record);
        byPlace.set(key, []);
        count -= 1;
      }
      records = [];
      positions = [];
    };
    for await (const items of pieces)
      for (const item of items) {
        const at = position++;
        if ("fault" in item) {
          if (stage === "relationships") this.#leaveOut(stage, at, [item.fault]);
          continue;
        }
        if (this.leftOut[stage].has(at)) continue;
        count += 1;
        records.push(item);
        positions.push(at);
        if (records.length >= rows) await flush();
      }
    await flush();
    this[stage === "entities" ? "nodes" : "relationships"] = count;
  }

  async #checkEntities(entities: readonly EntityRecord[]): Promise<readonly Fault[]> {
    const batch = { entities, relationships: [] };
    const stored = await this.#readStored(batch);
    for (const id of stored.entities.keys()) this.#ids.set(id, this.#ids.get(id) | STORED);
    return validateBatch(batch, this.#known(stored));
  }

  async #checkRelationships(relationships: readonly RelationshipRecord[]): Promise<readonly Fault[]> {
    const twice: Fault[] = [];
    const once = relationships.filter((relationship) => {
      if (this.#relationshipIds.set(relationship.id, 1) === 0) return true;
      twice.push({
        ...(relationship.place === undefined ? {} : { place: relationship.place }),
        field: "id",
        value: relationship.id,
        code: "DUPLICATE_ID",
        message: `the relationship ${shown(relationship.id)} stands in a row before this one already — remove one, or give each an id of its own`,
        messageZh: `关系 ${shown(relationship.id)} 已在前面的行中出现——请删去其一，或分别另取编号`,
      });
      return false;
    });
    const batch = { entities: [], relationships: once };
    const faults = validateBatch(batch, this.#known(await this.#readStored(batch)));
    for (const { type, from, to } of once) if (type === "VARIANT_OF") this.#variants.push([from, to]);
    return [...twice, ...faults];
  }

  async #readStored(batch: RecordBatch): Promise<typeof NOTHING> {
    const { signal } = this.#options;
    if (this.#isNew) return NOTHING;
    return readStored(storeRunner(this.#store, signal), batch, signal);
  }

  #known({ known }: typeof NOTHING): KnownRecords {
    return {
      ...known,
      kindOf: (id) => known.kindOf(id) ?? this.#kindOf(id),
      unread: this.#unread,
      variants: [...(known.variants ?? []), ...this.#variants],
    };
  }

  #kindOf(id: string): Kind | undefined {
    const byte = this.#ids.get(id) & ~STORED;
    return KIND_NAMES[byte - 1];
  }

  #leaveOut(stage: "entities" | "relationships", position: number, faults: readonly Fault[], record?: AnyRecord): void {
    for (const fault of faults) this.faults.add(fault);
    if (this.leftOut[stage].has(position)) return;
    this.leftOut[stage].add(position);
    this.rejected += 1;
    if (this.#options.skipInvalid !== true) return;
    if (record === undefined && faults.some(concernsWholeFile)) this.refused = true;
    this.#options.onRejected?.({ faults, ...(record === undefined ? {} : { record }) });
    // A second row of the same id is left out; the first still stands.
    const isSecond = faults.some(({ code }) => code === "DUPLICATE_ID" || code === "ID_DIFFERS_IN_CASE");
    if (stage === "entities" && record !== undefined && !isSecond) this.#ids.set(record.id, GONE);
  }

  #tell(done: number): void {
    const { signal, onProgress } = this.#options;
    if (signal?.aborted === true) throw new GraphError("CANCELLED", "The import was cancelled while it was checked");
    keepHeapSmall();
    onProgress?.({ stage: "check", done });
  }
}
