import { GraphError } from "../errors.ts";
import { type Bilingual, KINDS, RELATIONSHIPS } from "../ontology.ts";
import type { Fault } from "../records.ts";
import { nearest } from "./edit-distance.ts";

/** Records that are refused as a whole; `faults` says what is wrong with each. */
export class InvalidRecordsError extends GraphError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super("BAD_INPUT", `${countOf(faults)}\n${faultLines(faults, 20).join("\n")}`);
    this.name = "InvalidRecordsError";
    this.faults = faults;
  }
}

/** One fault on one line: `file:row column: problem — remedy`. */
export function faultLine(fault: Fault): string {
  const place = fault.place === undefined ? "" : `${fault.place.file}:${fault.place.row}`;
  const field = fault.field === undefined ? undefined : (fault.place?.columns?.[fault.field] ?? fault.field);
  const where = [place, field].filter((part) => part !== undefined && part !== "").join(" ");
  return where === "" ? fault.message : `${where}: ${fault.message}`;
}

/** At most `limit` faults as lines, and one more line that counts the rest. */
export function faultLines(faults: readonly Fault[], limit: number): string[] {
  const lines = faults.slice(0, limit).map(faultLine);
  if (faults.length > limit) lines.push(`… and ${faults.length - limit} more`);
  return lines;
}

/** "1 fault" or "7 faults". */
export function countOf(faults: readonly Fault[]): string {
  return faults.length === 1 ? "1 fault" : `${faults.length} faults`;
}

/** A value as a fault shows it: in quotes, its control characters escaped, cut at 80 characters. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/** The end of a fault's sentence that proposes the nearest candidate; undefined where none is near. */
export function didYouMean(text: string, candidates: Iterable<string>): Bilingual | undefined {
  const found = nearest(text, candidates);
  if (found === undefined) return undefined;
  return { en: ` — did you mean ${shown(found)}?`, zh: `——是否应为 ${shown(found)}？` };
}

const NAMES: ReadonlyMap<string, Bilingual> = new Map(Object.entries({ ...KINDS, ...RELATIONSHIPS }));

/** A kind or type as a Chinese sentence names it: `企业（Firm）`. */
export function zhOf(name: string): string {
  const known = NAMES.get(name);
  return known === undefined ? name : zhNamed(name, known);
}

/** A technical name as a Chinese sentence has it, behind the word for it. */
export function zhNamed(name: string, { zh }: Bilingual): string {
  return `${zh}（${name}）`;
}

/** The names of a closed list as a Chinese sentence has them: `企业（Firm）、产品（Product）`. */
export function zhList(names: readonly string[]): string {
  return names.map(zhOf).join("、");
}
