import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Bilingual, EnumValue } from "../ontology.ts";
import {
  type EntityRecord,
  type Fault,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../records.ts";
import { didYouMean, shown } from "../validation/faults.ts";
import type { Dataset } from "./dataset.ts";
import { namedDataset } from "./dataset-name.ts";
import { categoryOf, countryOf, INPUT_TYPES, marketSizeOf, shareOf } from "./eto-values.ts";
import { inPieces } from "./in-pieces.ts";
import type { InputFault, RecordInput } from "./input.ts";
import { openTextFile, type TextFile } from "./text-file.ts";
import { readTitledRows, type TitledRow } from "./titled-rows.ts";

export interface EtoInputOptions {
  /** By default `eto`. */
  readonly dataset?: string | undefined;
  /** What a class of items needs, which the data set does not state: any of its variants, or all. By default unknown. */
  readonly variantMode?: EnumValue<"VariantMode"> | undefined;
}

/** The files of the data set, by which its folder is known. */
export const ETO_FILES = ["stages.csv", "inputs.csv", "providers.csv", "provision.csv", "sequence.csv"] as const;

type EtoFile = (typeof ETO_FILES)[number];

const LICENCE = "CC BY-NC 4.0";
const SOURCE = "eto-source";
const DESCRIPTION: Dataset = {
  ...namedDataset("eto"),
  title: { zh: "先进半导体供应链数据集", en: "Advanced Semiconductor Supply Chain Dataset" },
  licence: LICENCE,
  description: {
    zh: "新兴技术观察站（ETO，乔治城大学CSET）的先进逻辑芯片供应链数据，约2021年的情况，由使用者自行下载后导入；不得用于商业目的。",
    en: "The Emerging Technology Observatory's (CSET, Georgetown University) data on the supply chain of advanced logic chips, facts as of about 2021, downloaded and imported by the user; not for commercial use.",
  },
};

/**
 * The Advanced Semiconductor Supply Chain Dataset, as its folder of five CSV files is downloaded. Ids are its own behind
 * `eto-`. Every fact names the data set's Source, which carries its licence, and its row. A country's share is kept as a
 * fraction; an empty one is unknown, of level MAJOR, or NEGLIGIBLE where the file says so. "Various" is no country: it
 * becomes a provider of unknown country. A row that is there twice is one fact; two that contradict each other are a fault.
 *
 * @throws GraphError BAD_INPUT where the name of the data set cannot be one, and what `stat` throws for a missing file
 */
export async function openEtoInput(folder: string, options: EtoInputOptions = {}): Promise<RecordInput> {
  const dataset = { ...DESCRIPTION, name: namedDataset(options.dataset ?? DESCRIPTION.name).name };
  const texts = new Map<EtoFile, TextFile>();
  for (const file of ETO_FILES) texts.set(file, await openTextFile(join(folder, file), file));
  const reading = new EtoReading(texts, dataset.name, options.variantMode);
  return {
    dataset,
    size: [...texts.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    entities: () => inPieces(reading.entities()),
    relationships: () => inPieces(reading.relationships()),
  };
}

/** Whether a folder holds the data set's files. */
export async function isEtoFolder(folder: string): Promise<boolean> {
  for (const file of ETO_FILES) {
    const found = await stat(join(folder, file)).catch(() => undefined);
    if (found?.isFile() !== true) return false;
  }
  return true;
}

class EtoReading {
  readonly #texts: ReadonlyMap<EtoFile, TextFile>;
  readonly #dataset: string;
  readonly #variantMode: EnumValue<"VariantMode"> | undefined;

  constructor(
    texts: ReadonlyMap<EtoFile, TextFile>,
    dataset: string,
    variantMode: EnumValue<"VariantMode"> | undefined,
  ) {
    this.#texts = texts;
    this.#dataset = dataset;
    this.#variantMode = variantMode;
  }

  async *entities(): AsyncGenerator<EntityRecord | InputFault> {
    yield this.#source();
    const stages = this.#rows("stages.csv", ["stage_id", "stage_name", "description"]);
    let order = 0;
    for await (const row of stages) yield "fault" in row ? row : this.#stage(row, order++);
    const classes = await this.#classes();
    for await (const row of this.#rows("inputs.csv", INPUT_TITLES))
      yield "fault" in row ? row : this.#input(row, classes);
    for await (const row of this.#rows("providers.csv", ["provider_id", "provider_name", "provider_type", "country"]))
      yield "fault" in row ? row : this.#provider(row);
  }

  async *relationships(): AsyncGenerator<RelationshipRecord | InputFault> {
    // The faults of inputs.csv came with its nodes.
    for await (const row of this.#rows("inputs.csv", INPUT_TITLES)) {
      if ("fault" in row) continue;
      const stage = row.cell("stage_id");
      if (stage !== undefined) yield this.#link(row, "PART_OF", idOf(row.cell("input_id")), idOf(stage), {});
    }
    const seen = new Map<string, string>();
    for await (const row of this.#rows("sequence.csv", SEQUENCE_TITLES)) {
      if ("fault" in row) yield row;
      else yield* this.#sequence(row, seen);
    }
    for await (const row of this.#rows("provision.csv", PROVISION_TITLES))
      if ("fault" in row) yield row;
      else yield* this.#provision(row, seen);
  }

  #rows(file: EtoFile, titles: readonly string[]): AsyncGenerator<TitledRow | InputFault> {
    return readTitledRows(this.#texts.get(file)!, titles);
  }

  /** Ids of the inputs that others are variants of. */
  async #classes(): Promise<ReadonlySet<string>> {
    const classes = new Set<string>();
    for await (const row of this.#rows("sequence.csv", SEQUENCE_TITLES))
      if (!("fault" in row)) classes.add(row.cell("is_type_of_id") ?? "");
    return classes;
  }

  #source(): EntityRecord {
    const { title } = DESCRIPTION;
    const properties = {
      name: title.zh,
      nameEn: title.en,
      title: title.en,
      publisher: "Emerging Technology Observatory, Center for Security and Emerging Technology, Georgetown University",
      url: "https://eto.tech/dataset-docs/chipexplorer/",
      licence: LICENCE,
      dataset: this.#dataset,
      sources: [SOURCE],
      assertion: "STATED",
    };
    return { id: SOURCE, kind: "Source", properties };
  }

  #stage(row: TitledRow, order: number): EntityRecord {
    const properties = { ...this.#described(row, "stage_name"), order };
    return { id: idOf(row.cell("stage_id")), kind: "Stage", properties, place: row.place };
  }

  #input(row: TitledRow, classes: ReadonlySet<string>): EntityRecord | InputFault {
    const id = row.cell("input_id");
    const type = row.cell("type") ?? "";
    const category = categoryOf(type);
    if (category === undefined) {
      const remedy = didYouMean(type, INPUT_TYPES) ?? {
        en: ` — the types are ${INPUT_TYPES.join(", ")}`,
        zh: `——类型有 ${INPUT_TYPES.join("、")}`,
      };
      const problem = {
        en: `there is no type of input ${shown(type)}${remedy.en}`,
        zh: `没有 ${shown(type)} 这种投入类型${remedy.zh}`,
      };
      return refused(row, "type", "UNKNOWN_INPUT_TYPE", problem, idOf(id));
    }
    const marketSizeUsd = marketSizeOf(row.cell("market_share_chart_global_market_size_info") ?? "");
    const isClass = id !== undefined && classes.has(id);
    const properties = {
      ...this.#described(row, "input_name"),
      category,
      ...(isClass && this.#variantMode !== undefined ? { variantMode: this.#variantMode } : {}),
      ...(marketSizeUsd === undefined ? {} : { marketSizeUsd }),
    };
    return { id: idOf(id), kind: "Product", properties, place: row.place };
  }

  #provider(row: TitledRow): EntityRecord | InputFault {
    const id = idOf(row.cell("provider_id"));
    const name = row.cell("provider_name") ?? "";
    const type = row.cell("provider_type") ?? "";
    if (type !== "country" && type !== "organization") {
      const problem = {
        en: `there is no type of provider ${shown(type)} — it is country or organization`,
        zh: `没有 ${shown(type)} 这种供应方类型——请填写 country 或 organization`,
      };
      return refused(row, "provider_type", "UNKNOWN_PROVIDER_TYPE", problem, id);
    }
    if (type === "country" && name === "Various") {
      const properties = {
        ...this.#fact(row),
        name: "其他（未具名）",
        nameEn: name,
        description: "数据集未具名的其他供应方，国别未知；不是一家企业。",
        descriptionEn: "Further providers that the data set does not name, of unknown countries; not one firm.",
      };
      return { id, kind: "Firm", properties, place: row.place };
    }
    const field = type === "country" ? "provider_name" : "country";
    const alpha3 = row.cell(field);
    const country = alpha3 === undefined ? undefined : countryOf(alpha3);
    if (country === undefined && (alpha3 !== undefined || type === "country")) {
      const problem = {
        en: `${shown(alpha3 ?? "")} is no country that we know — write its ISO 3166-1 alpha-3 code`,
        zh: `${shown(alpha3 ?? "")} 不是已知的国家或地区——请填写其 ISO 3166-1 三位代码`,
      };
      return refused(row, field, "UNKNOWN_COUNTRY", problem, id);
    }
    if (type === "country" && country !== undefined) {
      const properties = { ...this.#fact(row), name: country.zh, nameEn: country.en, code: country.code };
      return { id, kind: "Jurisdiction", properties, place: row.place };
    }
    const properties = {
      ...this.#fact(row),
      name,
      nameEn: name,
      ...(country === undefined ? {} : { country: country.code }),
    };
    return { id, kind: "Firm", properties, place: row.place };
  }

  *#sequence(row: TitledRow, seen: Map<string, string>): Generator<RelationshipRecord | InputFault> {
    const input = idOf(row.cell("input_id"));
    const goesInto = row.cell("goes_into_id");
    const typeOf = row.cell("is_type_of_id");
    if (goesInto === undefined && typeOf === undefined) {
      const problem = {
        en: "it says neither what the input goes into nor what it is a type of — fill in one of the two",
        zh: "既没有说明该投入用于何处，也没有说明它是哪一类的变体——请填写 goes_into_id 和 is_type_of_id 之一",
      };
      yield refused(row, "goes_into_id", "EMPTY_ROW", problem);
    }
    if (goesInto !== undefined) yield* once(this.#link(row, "REQUIRES", idOf(goesInto), input, {}), seen);
    if (typeOf !== undefined) yield* once(this.#link(row, "VARIANT_OF", input, idOf(typeOf), {}), seen);
  }

  *#provision(row: TitledRow, seen: Map<string, string>): Generator<RelationshipRecord | InputFault> {
    const stated = row.cell("share_provided");
    const share = stated === undefined ? undefined : shareOf(stated);
    if (stated !== undefined && share === undefined) {
      const problem = {
        en: `${shown(stated)} is no share — write a percentage such as 61%, or leave it empty where it is unknown`,
        zh: `${shown(stated)} 不是份额——请写成百分数（如 61%），未知时留空`,
      };
      yield refused(row, "share_provided", "NOT_A_SHARE", problem);
      return;
    }
    const mark = row.cell("negligible_market_share");
    if (mark !== undefined && mark !== "negligible") {
      const problem = {
        en: `${shown(mark)} is not known here — write negligible, or leave it empty`,
        zh: `${shown(mark)} 不是可用的值——请填写 negligible，或留空`,
      };
      yield refused(row, "negligible_market_share", "NOT_ALLOWED", problem);
      return;
    }
    const offer = {
      ...(share === undefined ? {} : { share, shareBasis: "世界市场，约2021年 (world market, about 2021)" }),
      ...(mark !== undefined ? { level: "NEGLIGIBLE" } : share === undefined ? { level: "MAJOR" } : {}),
    };
    const [from, to] = [idOf(row.cell("provider_id")), idOf(row.cell("provided_id"))];
    yield* once(this.#link(row, "SUPPLIES", from, to, offer), seen);
  }

  #link(
    row: TitledRow,
    type: RelationshipRecord["type"],
    from: string,
    to: string,
    own: PropertyValues,
  ): RelationshipRecord {
    const properties = { ...own, ...this.#fact(row) };
    return { id: relationshipId(from, type, to, properties), type, from, to, properties, place: row.place };
  }

  #described(row: TitledRow, title: string): PropertyValues {
    const name = row.cell(title) ?? "";
    const descriptionEn = row.cell("description");
    return { ...this.#fact(row), name, nameEn: name, ...(descriptionEn === undefined ? {} : { descriptionEn }) };
  }

  #fact({ place }: TitledRow): PropertyValues {
    return {
      dataset: this.#dataset,
      sources: [SOURCE],
      locator: `${place.file}:${place.row}`,
      assertion: "STATED",
    };
  }
}

const INPUT_TITLES = ["input_id", "input_name", "type", "stage_id", "description"];
const SEQUENCE_TITLES = ["input_id", "goes_into_id", "is_type_of_id"];
const PROVISION_TITLES = ["provider_id", "provided_id", "share_provided", "negligible_market_share"];

function idOf(id: string | undefined): string {
  return `eto-${id ?? ""}`;
}

/** A fact the first time; nothing where a row says the same again; a fault where it says otherwise. */
function* once(record: RelationshipRecord, seen: Map<string, string>): Generator<RelationshipRecord | InputFault> {
  const { locator, ...said } = record.properties;
  const text = JSON.stringify(said);
  const before = seen.get(record.id);
  if (before === undefined) {
    seen.set(record.id, text);
    yield record;
  } else if (before !== text) {
    const { from, to } = record;
    const message = `an earlier row says otherwise of ${from} and ${to} — keep one of the two`;
    const messageZh = `关于 ${from} 与 ${to}，此行与前面的某一行矛盾——请只保留其中一行`;
    yield { fault: { place: record.place!, code: "CONTRADICTION", message, messageZh } };
  }
}

function refused(row: TitledRow, field: string, code: string, { en, zh }: Bilingual, unread?: string): InputFault {
  const value = row.cell(field) ?? "";
  const fault: Fault = { place: row.place, field, value, code, message: en, messageZh: zh };
  return unread === undefined ? { fault } : { fault, unread };
}
