import { z } from "zod";
import {
  type Bilingual,
  ENUMS,
  KIND_NAMES,
  type Kind,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from "../ontology.ts";
import type { Fault, Place } from "../records.ts";
import { didYouMean, shown, zhList } from "../validation/faults.ts";
import { description } from "./dataset.ts";
import { issueFault } from "./issue-fault.ts";

const value = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.string().min(1),
    split: z.string().min(1).optional(),
    values: z.record(z.string(), z.string()).optional(),
    scale: z.int().min(-12).max(12).optional(),
  }),
  z.strictObject({ constant: z.union([z.string().min(1), z.number(), z.boolean(), z.array(z.string().min(1))]) }),
]);

const each = z.strictObject({ column: z.string().min(1), split: z.string().min(1) });

const common = {
  file: z.string().min(1).optional(),
  properties: z.record(z.string(), value).default({}),
  each: each.optional(),
  repeats: z.boolean().default(false),
  optional: z.boolean().default(false),
};

const mapping = z.strictObject({
  dataset: z.union([z.string().min(1), description]).optional(),
  assertion: z.enum(Object.keys(ENUMS.Assertion) as [string, ...string[]]).default("STATED"),
  sources: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        title: z.string().min(1),
        name: z.string().min(1).optional(),
        nameEn: z.string().min(1).optional(),
        publisher: z.string().min(1).optional(),
        date: z.string().min(1).optional(),
        url: z.string().min(1).optional(),
        licence: z.string().min(1).optional(),
      }),
    )
    .default([]),
  entities: z.array(z.strictObject({ ...common, kind: z.string(), id: z.string().min(1), name: value })).default([]),
  relationships: z
    .array(
      z.strictObject({
        ...common,
        type: z.string(),
        from: z.string().min(1),
        to: z.string().min(1),
      }),
    )
    .default([]),
});

/** How a property is found: the title of its column, more of how the cell is read, or what it is everywhere. */
export type MappedValue = z.infer<typeof value>;

type Parsed = z.infer<typeof mapping>;

export type MappedEntity = Omit<Parsed["entities"][number], "kind"> & { readonly kind: Kind };
export type MappedRelationship = Omit<Parsed["relationships"][number], "type"> & { readonly type: RelationshipType };

/** How the columns of somebody else's files become records. */
export interface Mapping extends Omit<Parsed, "entities" | "relationships"> {
  readonly entities: readonly MappedEntity[];
  readonly relationships: readonly MappedRelationship[];
}

/** The characters that an id may have, beside the columns in braces. */
const TEMPLATE = /^(?:[A-Za-z0-9._~:-]|\{[^{}]+\})+$/;

/** A mapping from its JSON; undefined where it is none, with every fault, whose field is the path in the mapping. */
export function checkMapping(json: unknown, place: Place, faults: Fault[]): Mapping | undefined {
  const { success, data, error } = mapping.safeParse(json);
  if (!success) {
    for (const issue of error.issues) faults.push({ place, code: "BAD_MAPPING", ...issueFault(issue) });
    return undefined;
  }
  const fault = (field: string, found: string, { en, zh }: Bilingual): void => {
    faults.push({ place, field, value: found, code: "BAD_MAPPING", message: en, messageZh: zh });
  };
  const checkName = <Name extends string>(field: string, found: string, known: readonly Name[]): Name | undefined => {
    const name = known.find((one) => one === found);
    if (name === undefined) {
      const remedy = didYouMean(found, known) ?? { en: ` — use ${known.join(", ")}`, zh: `——可用的有${zhList(known)}` };
      fault(field, found, { en: `there is no ${shown(found)}${remedy.en}`, zh: `没有 ${shown(found)}${remedy.zh}` });
    }
    return name;
  };
  const checkTemplate = (field: string, template: string): void => {
    if (!TEMPLATE.test(template))
      fault(field, template, {
        en: `${shown(template)} makes no id — write columns in braces and A-Z a-z 0-9 . _ ~ : - beside them, as in firm-{code}`,
        zh: `${shown(template)} 不能生成编号——请把列名写在花括号中，其余只用 A-Z a-z 0-9 . _ ~ : -，如 firm-{code}`,
      });
  };
  const before = faults.length;
  const entities = data.entities.flatMap((entity, index) => {
    const path = `entities.${index}`;
    checkTemplate(`${path}.id`, entity.id);
    const kind = checkName(`${path}.kind`, entity.kind, KIND_NAMES);
    if (kind === undefined) return [];
    for (const name of Object.keys(entity.properties))
      checkName(`${path}.properties.${name}`, name, Object.keys(propertiesOfKind(kind)));
    return [{ ...entity, kind }];
  });
  const relationships = data.relationships.flatMap((relationship, index) => {
    const path = `relationships.${index}`;
    checkTemplate(`${path}.from`, relationship.from);
    checkTemplate(`${path}.to`, relationship.to);
    const type = checkName(`${path}.type`, relationship.type, RELATIONSHIP_TYPES);
    if (type === undefined) return [];
    for (const name of Object.keys(relationship.properties))
      checkName(`${path}.properties.${name}`, name, Object.keys(propertiesOfRelationship(type)));
    return [{ ...relationship, type }];
  });
  if (entities.length + relationships.length === 0 && faults.length === before)
    fault("entities", "", {
      en: 'it makes no records — add "entities" or "relationships"',
      zh: '映射不产生任何记录——请添加 "entities" 或 "relationships"',
    });
  const isSourced = data.sources.length > 0 || data.assertion === "ASSUMED";
  const namesSources = [...entities, ...relationships].every(({ properties }) => "sources" in properties);
  if (!isSourced && !namesSources)
    fault("sources", "", {
      en: 'its facts name no source — describe it in "sources", or write "assertion": "ASSUMED"',
      zh: '所述事实没有注明出处——请在 "sources" 中说明，或写 "assertion": "ASSUMED"',
    });
  return faults.length > before ? undefined : { ...data, entities, relationships };
}

/** The columns that a template names, in its order. */
export function columnsIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
}

/** The column of a value; undefined where it is the same everywhere. */
export function columnOf(mapped: MappedValue): string | undefined {
  if (typeof mapped === "string") return mapped;
  return "column" in mapped ? mapped.column : undefined;
}
