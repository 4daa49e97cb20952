import {
  ENUMS,
  type EnumName,
  KIND_NAMES,
  KINDS,
  type Kind,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
  RELATIONSHIPS,
  type RelationshipType,
} from "../ontology.ts";

/** A column of a sheet: `id`, `from`, `to`, or a property by its name. */
export interface SheetColumn {
  readonly key: string;
  /** The Chinese title, in the first row; the key stands in the second. */
  readonly title: string;
  readonly titleEn: string;
  readonly definition: PropertyDefinition;
}

/** The sheet of a kind of nodes or of a type of relationships. */
export type SheetDefinition = {
  /** Name of the sheet, in Chinese. */
  readonly name: string;
  readonly nameEn: string;
  readonly description: string;
  readonly columns: readonly SheetColumn[];
} & ({ readonly kind: Kind } | { readonly type: RelationshipType });

/** The first sheet: how to fill in the others, and what the data set is. */
export const INSTRUCTIONS_SHEET = "说明";

/** What the first sheet says of the data set: the label in column A, the value in column B. */
export const DATASET_LABELS = {
  name: "数据集名称 dataset",
  nameEn: "数据集英文名 nameEn",
  titleZh: "标题（中文） title zh",
  titleEn: "标题（英文） title en",
  licence: "许可 licence",
  descriptionZh: "简介（中文） description zh",
  descriptionEn: "简介（英文） description en",
} as const;

/** How a workbook writes true and false. */
export const BOOLEAN_LABELS = { true: "是", false: "否" } as const;

/** Title row and key row; values begin below. */
export const HEADER_ROWS = 2;

const ID_COLUMN: SheetColumn = {
  key: "id",
  title: "编号",
  titleEn: "id",
  definition: {
    type: "string",
    required: true,
    zh: "编号",
    en: "id",
    description: "Stable and unique over all sheets: A-Z a-z 0-9 . _ ~ : - only.",
  },
};
const OPTIONAL_ID_COLUMN: SheetColumn = {
  ...ID_COLUMN,
  definition: {
    type: "string",
    zh: "编号",
    en: "id",
    description: "May be left empty: it is made of the ends and the type then.",
  },
};
const END_COLUMNS: readonly SheetColumn[] = [
  { key: "from", title: "起点编号", titleEn: "from", definition: end("起点编号", "from", "starts at") },
  { key: "to", title: "终点编号", titleEn: "to", definition: end("终点编号", "to", "leads to") },
];

const DATASET_DESCRIPTION = "May be left empty: it is the data set that the first sheet names then.";

/** All sheets after the first, in the order of the ontology. */
export const SHEETS: readonly SheetDefinition[] = [
  ...KIND_NAMES.map((kind) => ({
    name: sheetName(KINDS[kind].zh),
    nameEn: KINDS[kind].en,
    description: KINDS[kind].description,
    kind,
    columns: [ID_COLUMN, ...columnsOf(propertiesOfKind(kind))],
  })),
  ...RELATIONSHIP_TYPES.map((type) => ({
    name: sheetName(RELATIONSHIPS[type].zh),
    nameEn: RELATIONSHIPS[type].en,
    description: RELATIONSHIPS[type].description,
    type,
    columns: [...END_COLUMNS, OPTIONAL_ID_COLUMN, ...columnsOf(propertiesOfRelationship(type))],
  })),
];

/** The closed list of values of a property; undefined where it has none. */
export function enumOf({ type }: PropertyDefinition): (typeof ENUMS)[EnumName] | undefined {
  const name = type.endsWith("[]") ? type.slice(0, -2) : type;
  return isEnumName(name) ? ENUMS[name] : undefined;
}

function isEnumName(name: string): name is EnumName {
  return Object.hasOwn(ENUMS, name);
}

function columnsOf(properties: Readonly<Record<string, PropertyDefinition>>): SheetColumn[] {
  return Object.entries(properties).map(([key, definition]) => ({
    key,
    title: definition.zh,
    titleEn: definition.en,
    definition: key === "dataset" ? { ...definition, required: false, description: DATASET_DESCRIPTION } : definition,
  }));
}

function end(zh: string, en: string, what: string): PropertyDefinition {
  return { type: "string", required: true, zh, en, description: `Id of the node that the relationship ${what}.` };
}

/** A name as Excel admits it: without : \ / ? * [ ], at most 31 characters. */
function sheetName(name: string): string {
  return name.replaceAll(/[:\\/?*[\]]/g, "").slice(0, 31);
}
