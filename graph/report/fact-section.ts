import { type Bilingual, ENUMS, KINDS, RELATIONSHIPS } from "../ontology.ts";
import type { PropertyValues } from "../records.ts";
import { type CitedSource, type Fact, sourcesOf } from "./citations.ts";
import type { Names } from "./names.ts";
import type { Section } from "./report.ts";
import { type Cell, type Row, rows, words } from "./table.ts";

/** 依据: every fact that a row cites: what it says, and the document, place and date it is from. */
export function factSection(facts: readonly Fact[], sources: readonly CitedSource[], names: Names): Section {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  return {
    name: "FACTS",
    statements: [],
    tables: [
      {
        title: words("依据", "Facts"),
        note: words(
          "编号即各清单“依据”栏所引；文件编号见“出处”。性质：陈述 = 出处所述，推导 = 由所述推得，假设 = 尚无出处。",
          "Numbers are those that the lists cite; documents are listed under Sources. Stated by the source, derived from what is stated, or assumed without any.",
        ),
        columns: [
          words("编号", "No."),
          words("事实", "Fact"),
          words("性质", "Assertion"),
          words("文件", "Document"),
          words("位置", "Place"),
          words("日期", "Date"),
          words("陈述", "Statement"),
        ],
        rows: facts.map((fact) => factRow(fact, sourceOf, names)),
      },
    ],
  };
}

/** 出处: the documents. */
export function sourceSection(sources: readonly CitedSource[]): Section {
  return {
    name: "SOURCES",
    statements: [],
    tables: [
      {
        title: words("出处", "Sources"),
        columns: [
          words("编号", "No."),
          words("文件", "Document"),
          words("发布者", "Publisher"),
          words("日期", "Date"),
          words("网址", "Address"),
        ],
        rows: rows(
          sources.map(({ number, properties }) => [
            `S${number}`,
            titleOf(properties),
            textOf(properties, "publisher"),
            textOf(properties, "date"),
            textOf(properties, "url"),
          ]),
        ),
        empty: words("没有记录出处文件。", "No document is recorded."),
      },
    ],
  };
}

function factRow({ number, record }: Fact, sourceOf: ReadonlyMap<string, CitedSource>, names: Names): Row {
  if (record === null)
    return { cells: [number, words("已不在图谱中", "not recorded any more"), null, null, null, null, null] };
  const { properties } = record;
  const cited = sourcesOf(properties).flatMap((id) => sourceOf.get(id) ?? []);
  const titles = cited.map((source) => ({ number: source.number, title: titleOf(source.properties) }));
  const joined = (language: keyof Bilingual): string =>
    titles.map((each) => `[S${each.number}] ${each.title[language]}`).join("; ");
  const dates = [...new Set(cited.flatMap((source) => textOf(source.properties, "date") ?? []))];
  const statement = textOf(properties, "statement");
  return {
    cells: [
      number,
      "from" in record
        ? words(
            `${nameOf(record.from, names).zh} ${RELATIONSHIPS[record.type].zh} ${nameOf(record.to, names).zh}`,
            `${nameOf(record.from, names).en} ${RELATIONSHIPS[record.type].en} ${nameOf(record.to, names).en}`,
          )
        : words(
            `${KINDS[record.kind].zh}：${nameOf(record.id, names).zh}`,
            `${KINDS[record.kind].en}: ${nameOf(record.id, names).en}`,
          ),
      assertionOf(properties),
      titles.length === 0 ? null : words(joined("zh"), joined("en")),
      textOf(properties, "locator"),
      dates.length === 0 ? null : dates.join(", "),
      statement === null ? null : words(statement, textOf(properties, "statementEn") ?? statement),
    ],
  };
}

function nameOf(id: string, names: Names): Bilingual {
  const named = names.get(id);
  return words(named?.name ?? id, named?.nameEn ?? named?.name ?? id);
}

function titleOf(properties: PropertyValues): Bilingual {
  const title = textOf(properties, "title") ?? textOf(properties, "name") ?? "";
  return words(
    textOf(properties, "name") ?? title,
    textOf(properties, "titleEn") ?? textOf(properties, "nameEn") ?? title,
  );
}

function assertionOf({ assertion }: PropertyValues): Cell {
  return Object.entries(ENUMS.Assertion).find(([name]) => name === assertion)?.[1] ?? null;
}

function textOf(properties: PropertyValues, name: string): string | null {
  const value = properties[name];
  return typeof value === "string" && value !== "" ? value : null;
}
