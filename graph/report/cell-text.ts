import type { Interval } from "../analysis/interval.ts";
import type { Bilingual } from "../ontology.ts";
import type { Names } from "./names.ts";
import type { Cell } from "./table.ts";

/** In which languages something is written; BOTH: Chinese first, English beside it. */
export const REPORT_LANGUAGES = ["BOTH", "ZH", "EN"] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

const NOTHING = "–";

/** What a cell says in each language; the same text twice where it has no language. */
export function cellTexts(cell: Cell, names: Names): Bilingual {
  if (cell === null || cell === "") return same(NOTHING);
  if (typeof cell === "string") return same(cell);
  if (typeof cell === "number") return same(numberText(cell));
  if (typeof cell === "boolean") return cell ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
  if ("low" in cell) return same(intervalText(cell));
  if (!("ids" in cell)) return cell;
  if (cell.ids.length === 0) return same(NOTHING);
  const { ids, more = 0 } = cell;
  return {
    zh: `${ids.map((id) => names.get(id)?.name ?? id).join("、")}${more > 0 ? `，另${more}` : ""}`,
    en: `${ids.map((id) => englishName(id, names)).join("; ")}${more > 0 ? `; ${more} more` : ""}`,
  };
}

/** Both languages as one text, or the one that is wanted. */
export function inLanguage({ zh, en }: Bilingual, language: ReportLanguage): string {
  if (language === "ZH") return zh;
  if (language === "EN") return en;
  return zh === en || en === "" ? zh : `${zh} ${en}`;
}

/** A number with at most three decimals. */
export function numberText(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}

/** Both bounds, or the one figure where they are the same. */
export function intervalText({ low, high }: Interval): string {
  const [from, to] = [numberText(low), numberText(high)];
  return from === to ? from : `${from}–${to}`;
}

function englishName(id: string, names: Names): string {
  const named = names.get(id);
  return named?.nameEn ?? named?.name ?? id;
}

function same(text: string): Bilingual {
  return { zh: text, en: text };
}
