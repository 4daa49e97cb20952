import type { Interval } from "../analysis/interval.ts";
import type { Bilingual } from "../ontology.ts";

/** Entities by id, or jurisdictions by code, that a cell names. */
export interface Ids {
  readonly ids: readonly string[];
  /** How many more there are that it does not name. */
  readonly more?: number;
}

/** What a cell says; null = nothing, or not known. */
export type Cell = null | string | number | boolean | Interval | Bilingual | Ids;

/** How grave a row is. */
export type Tone = "danger" | "warn" | "caution" | "good" | "muted";

export interface Row {
  readonly cells: readonly Cell[];
  readonly tone?: Tone;
  /** Numbers of the facts that the row rests on, in the report's list of facts. */
  readonly facts?: readonly number[];
}

/** A table for people, of which nothing is said yet about how it is shown. */
export interface Table {
  readonly title: Bilingual;
  /** What the rows and their figures mean. */
  readonly note?: Bilingual;
  readonly columns: readonly Bilingual[];
  readonly rows: readonly Row[];
  /** What is said where there are no rows. */
  readonly empty?: Bilingual;
}

/** A single statement with its label. */
export interface Statement {
  readonly label: Bilingual;
  readonly value: Cell;
}

/** Words in both languages. */
export function words(zh: string, en: string): Bilingual {
  return { zh, en };
}

/** The cell that names one entity, or none. */
export function named(id: string | null): Ids | null {
  return id === null ? null : { ids: [id] };
}

/** The cell that names the first of these, each once, and says how many more there are. */
export function namedFew(ids: readonly string[], most: number): Ids {
  const all = [...new Set(ids)];
  return all.length <= most ? { ids: all } : { ids: all.slice(0, most), more: all.length - most };
}

/** The rows in plain cells. */
export function rows(cells: readonly (readonly Cell[])[]): readonly Row[] {
  return cells.map((each) => ({ cells: each }));
}

/** The entities that a cell names. */
export function idsOf(cell: Cell): readonly string[] {
  return cell !== null && typeof cell === "object" && "ids" in cell ? cell.ids : [];
}
