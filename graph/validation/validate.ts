import {
  type Bilingual,
  type Ends,
  type Kind,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIPS,
  type RelationshipType,
} from "../ontology.ts";
import type { EntityRecord, Fault, Place, PropertyValues, RecordBatch, RelationshipRecord } from "../records.ts";
import { hasReservedForm, isNamedAfterSource } from "../relationship-ids.ts";
import { didYouMean, shown, zhList, zhOf } from "./faults.ts";
import { textFault, unknownProperty, type ValueFault, valueFaults } from "./validate-values.ts";
import { variantCycles } from "./validate-variants.ts";

/** What there is beside the batch: in the store, or in files that are read with it. */
export interface KnownRecords {
  kindOf(id: string): Kind | undefined;
  relationshipOf?(id: string): Pick<RelationshipRecord, "type" | "from" | "to"> | undefined;
  /** Pairs of variant and class that hold already. */
  readonly variants?: Iterable<readonly [variant: string, itemClass: string]>;
  /** Ids whose rows are faults already: what points to them is not one fault more. */
  readonly unread?: ReadonlySet<string>;
}

/** For a batch that must stand alone. */
export const NOTHING_KNOWN: KnownRecords = { kindOf: () => undefined };

const ID = /^[A-Za-z0-9._~:-]{1,200}$/;
const UNEXPLAINED: Bilingual = { en: "", zh: "" };
const DERIVED: Bilingual = {
  en: "; it is made of the ends, product and slot",
  zh: "（它由起点、终点、产品和槽位拼成）",
};
/** Proposals cost a pass over all ids, so only the first faults get one. */
const MOST_PROPOSALS = 100;

/**
 * Checks records as a whole against the ontology, each other and what is known; returns every fault, in the order of the
 * batch (nodes, then relationships, then cycles). Pure; the same for files, mutations and seeds.
 */
export function validateBatch(batch: RecordBatch, known: KnownRecords): Fault[] {
  return new Validation(batch, known).run();
}

class Validation {
  readonly #batch: RecordBatch;
  readonly #known: KnownRecords;
  readonly #entities = new Map<string, EntityRecord>();
  readonly #faults: Fault[] = [];
  #proposals = 0;

  constructor(batch: RecordBatch, known: KnownRecords) {
    this.#batch = batch;
    this.#known = known;
  }

  run(): Fault[] {
    const byLowerCase = new Map<string, EntityRecord>();
    for (const entity of this.#batch.entities) {
      const lower = entity.id.toLowerCase();
      this.#checkIsNew(entity, this.#entities.get(entity.id), byLowerCase.get(lower));
      if (!this.#entities.has(entity.id)) this.#entities.set(entity.id, entity);
      if (!byLowerCase.has(lower)) byLowerCase.set(lower, entity);
    }
    for (const entity of this.#batch.entities) this.#checkEntity(entity);
    const relationships = new Map<string, RelationshipRecord>();
    for (const relationship of this.#batch.relationships) {
      const first = relationships.get(relationship.id);
      if (first === undefined) relationships.set(relationship.id, relationship);
      else
        this.#fault(relationship, "id", {
          value: relationship.id,
          code: "DUPLICATE_ID",
          message: `the relationship ${shown(relationship.id)} stands ${at(first.place).en} already — remove one, or give each an id of its own`,
          messageZh: `关系 ${shown(relationship.id)} 已有一条（${at(first.place).zh}）——请删去其一，或分别另取编号`,
        });
      this.#checkRelationship(relationship);
    }
    for (const { record, message, messageZh } of variantCycles(this.#batch.relationships, this.#known.variants ?? []))
      this.#fault(record, undefined, {
        value: record.id,
        code: "VARIANT_CYCLE",
        message,
        messageZh,
      });
    return this.#faults;
  }

  #fault(record: { readonly place?: Place }, field: string | undefined, fault: ValueFault): void {
    this.#faults.push({
      ...(record.place === undefined ? {} : { place: record.place }),
      ...(field === undefined ? {} : { field }),
      ...fault,
    });
  }

  #checkIsNew(entity: EntityRecord, same: EntityRecord | undefined, alike: EntityRecord | undefined): void {
    const { id, kind } = entity;
    if (same !== undefined)
      this.#fault(entity, "id", {
        value: id,
        code: "DUPLICATE_ID",
        message: `the id ${shown(id)} stands ${at(same.place).en} already — remove one of the rows, or give it another id`,
        messageZh: `编号 ${shown(id)} 已被使用（${at(same.place).zh}）——请删去其中一行，或另取编号`,
      });
    else if (alike !== undefined)
      this.#fault(entity, "id", {
        value: id,
        code: "ID_DIFFERS_IN_CASE",
        message: `the id ${shown(id)} differs from ${shown(alike.id)} ${at(alike.place).en} in case only — rename one`,
        messageZh: `编号 ${shown(id)} 与 ${shown(alike.id)}（${at(alike.place).zh}）只有大小写不同——请改其中一个`,
      });
    const before = this.#known.kindOf(id);
    if (before !== undefined && before !== kind)
      this.#fault(entity, "id", {
        value: id,
        code: "KIND_CHANGED",
        message: `${shown(id)} is a ${before} already, here it is a ${kind} — use another id, or delete the ${before} first`,
        messageZh: `${shown(id)} 已是${zhOf(before)}，此处却是${zhOf(kind)}——请另取编号，或先删除原有的${zhOf(before)}`,
      });
  }

  #checkEntity(entity: EntityRecord): void {
    const { id, kind, properties } = entity;
    if (!ID.test(id)) this.#refuseId(entity, id, UNEXPLAINED);
    if (hasReservedForm(id)) this.#refuseReserved(entity, id, { en: "rename the node", zh: "请给该节点另取编号" });
    this.#checkProperties(entity, kind, properties, definitionsOfKind(kind));
    this.#checkProvenance(entity, kind !== "Source");
  }

  #checkRelationship(relationship: RelationshipRecord): void {
    const { id, type, from, to, properties } = relationship;
    if (!ID.test(id)) this.#refuseId(relationship, id, id.startsWith(`${from}:${type}:${to}`) ? DERIVED : UNEXPLAINED);
    if (!isNamedAfterSource(relationship) && hasReservedForm(id))
      this.#refuseReserved(relationship, id, {
        en: `begin it with ${from}:${type}:, or leave it out`,
        zh: `请以 ${from}:${type}: 开头，或留空`,
      });
    const before = this.#known.relationshipOf?.(id);
    if (before !== undefined && (before.type !== type || before.from !== from || before.to !== to))
      this.#fault(relationship, "id", {
        value: id,
        code: "ENDS_CHANGED",
        message: `${shown(id)} is ${before.from} ${before.type} ${before.to} already — use another id, or delete that relationship first`,
        messageZh: `${shown(id)} 已是从 ${before.from} 到 ${before.to} 的${zhOf(before.type)}关系——请另取编号，或先删除该关系`,
      });
    this.#checkProperties(relationship, type, properties, definitionsOfRelationship(type));
    this.#checkEnds(relationship);
    this.#checkProduct(relationship);
    this.#checkProvenance(relationship, true);
  }

  #refuseId(record: EntityRecord | RelationshipRecord, id: string, explanation: Bilingual): void {
    this.#fault(record, "id", {
      value: id,
      code: "BAD_ID",
      message: `the id ${shown(id)} is not URL-safe${explanation.en} — use 1 to 200 of the characters A-Z a-z 0-9 . _ ~ : -`,
      messageZh: `编号 ${shown(id)} 不能用于网址${explanation.zh}——请用 1 至 200 个字符，限 A-Z a-z 0-9 . _ ~ : -`,
    });
  }

  #refuseReserved(record: EntityRecord | RelationshipRecord, id: string, remedy: Bilingual): void {
    this.#fault(record, "id", {
      value: id,
      code: "RESERVED_ID",
      message: `the id ${shown(id)} has the form from:TYPE:to, which names another relationship — ${remedy.en}`,
      messageZh: `编号 ${shown(id)} 形如“起点:类型:终点”，指的是另一条关系——${remedy.zh}`,
    });
  }

  #checkProperties(
    record: EntityRecord | RelationshipRecord,
    owner: Kind | RelationshipType,
    properties: PropertyValues,
    { all, required }: Definitions,
  ): void {
    for (const name in properties) {
      const definition = all.get(name);
      if (definition === undefined) this.#fault(record, name, unknownProperty(name, owner, all));
      else for (const fault of valueFaults(definition, properties[name]!)) this.#fault(record, name, fault);
    }
    for (const [name, { en, zh }] of required)
      if (properties[name] === undefined)
        this.#fault(record, name, {
          code: "MISSING",
          message: `there is no ${en} — every ${owner} has one`,
          messageZh: `缺少${zh}（${name}）——${zhOf(owner)}必须填写此项，请补上`,
        });
  }

  #checkProvenance(record: EntityRecord | RelationshipRecord, needsSource: boolean): void {
    const { sources, assertion, validFrom, validTo } = record.properties;
    const ids = Array.isArray(sources) ? sources : [];
    for (const id of ids) if (id !== "") this.#checkReference(record, "sources", id, ["Source"]);
    if (needsSource && ids.length === 0 && assertion !== "ASSUMED")
      this.#fault(record, "sources", {
        code: "NO_SOURCE",
        message: "it names no source — name the id of a Source, or say that its assertion is ASSUMED",
        messageZh: "没有注明出处——请填写出处（Source）的编号，或把性质（assertion）写为假设（ASSUMED）",
      });
    if (typeof validFrom === "string" && typeof validTo === "string" && validFrom > `${validTo}~`)
      this.#fault(record, "validTo", {
        value: validTo,
        code: "ENDS_BEFORE_IT_BEGINS",
        message: `${shown(validTo)} is before validFrom ${shown(validFrom)} — correct one of them`,
        messageZh: `失效日 ${shown(validTo)} 早于生效日（validFrom）${shown(validFrom)}——请改正其中一个`,
      });
  }

  #checkEnds(relationship: RelationshipRecord): void {
    const { type, from, to } = relationship;
    const fromKind = this.#checkReference(relationship, ":START_ID", from, undefined);
    const toKind = this.#checkReference(relationship, ":END_ID", to, undefined);
    if (fromKind === undefined || toKind === undefined) return;
    const ends: readonly Ends[] = RELATIONSHIPS[type].ends;
    if (ends.some((end) => end.from.includes(fromKind) && end.to.includes(toKind))) return;
    const allowed = ends.map((end) => `${end.from.join("/")} → ${end.to.join("/")}`).join(", ");
    const allowedZh = ends.map((end) => `从${zhList(end.from)}指向${zhList(end.to)}`).join("；");
    this.#fault(relationship, ":TYPE", {
      value: type,
      code: "WRONG_ENDS",
      message: `${type} does not lead from a ${fromKind} (${from}) to a ${toKind} (${to}) — it leads ${allowed}`,
      messageZh: `${zhOf(type)}不能从${zhOf(fromKind)} ${shown(from)} 指向${zhOf(toKind)} ${shown(to)}——它只能${allowedZh}`,
    });
  }

  #checkProduct(relationship: RelationshipRecord): void {
    const { type, from, properties } = relationship;
    const { product } = properties;
    if (typeof product === "string") this.#checkReference(relationship, "product", product, ["Product"]);
    if (type !== "REQUIRES") return;
    const fromKind = this.#kindOf(from);
    if (fromKind === "Firm" && product === undefined)
      this.#fault(relationship, "product", {
        code: "MISSING",
        message:
          "a firm's own recipe must say for which product it is — give the id of the product that the firm makes",
        messageZh: "企业自己的配方须说明针对哪个产品——请填写该企业所制产品（product）的编号",
      });
    if (fromKind === "Product" && typeof product === "string")
      this.#fault(relationship, "product", {
        value: product,
        code: "NOT_ALLOWED",
        message: "only a firm's own recipe names a product — leave it empty, or let the relationship start at the firm",
        messageZh: `只有企业自己的配方才写所制产品（product），此处却是 ${shown(product)}——请留空，或让关系以企业为起点`,
      });
  }

  #kindOf(id: string): Kind | undefined {
    return this.#entities.get(id)?.kind ?? this.#known.kindOf(id);
  }

  /** Finds the kind of what an id refers to; a fault where there is no such thing, or not of the wanted kinds. */
  #checkReference(
    record: EntityRecord | RelationshipRecord,
    field: string,
    id: string,
    wanted: readonly Kind[] | undefined,
  ): Kind | undefined {
    const kind = this.#kindOf(id);
    if (kind === undefined) {
      if (this.#known.unread?.has(id) === true) return undefined;
      const proposal = textFault(id) === undefined && this.#proposals++ < MOST_PROPOSALS;
      const remedy = (proposal ? didYouMean(id, this.#entities.keys()) : undefined) ?? {
        en: " — add it, or correct the id",
        zh: "——请添加该节点，或改正编号",
      };
      this.#fault(record, field, {
        value: id,
        code: "DANGLING",
        message: `there is no node ${shown(id)}${remedy.en}`,
        messageZh: `没有编号为 ${shown(id)} 的节点${remedy.zh}`,
      });
    } else if (wanted !== undefined && !wanted.includes(kind))
      this.#fault(record, field, {
        value: id,
        code: "WRONG_KIND",
        message: `${shown(id)} is a ${kind} — give the id of a ${wanted.join(" or ")}`,
        messageZh: `${shown(id)} 是${zhOf(kind)}——请填写${wanted.map(zhOf).join("或")}的编号`,
      });
    return kind;
  }
}

function at(place: Place | undefined): Bilingual {
  if (place === undefined) return { en: "in the batch", zh: "本批数据中" };
  const where = place.path ?? `${place.file}:${place.row}`;
  return { en: `at ${where}`, zh: `见 ${where}` };
}

/** The properties that a kind or type has, and those that each of its records must have. */
interface Definitions {
  readonly all: ReadonlyMap<string, PropertyDefinition>;
  readonly required: readonly (readonly [name: string, PropertyDefinition])[];
}

const definitionsOfKind = memo((kind: Kind) => definitions(propertiesOfKind(kind)));
const definitionsOfRelationship = memo((type: RelationshipType) => definitions(propertiesOfRelationship(type)));

function definitions(properties: Readonly<Record<string, PropertyDefinition>>): Definitions {
  const all = Object.entries(properties);
  return { all: new Map(all), required: all.filter(([, { required }]) => required === true) };
}

function memo<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
