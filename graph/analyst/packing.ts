import type { ClosureReport, NeededItem } from "../analysis/closure-report.ts";
import type { Network } from "../projection/network.ts";
import type { AnalysisName } from "./analyses.ts";

/** A closure with its items as numbers, and as positions in the network instead of ids. */
interface PackedClosure extends Omit<ClosureReport, "items"> {
  /** `WIDTH` numbers an item: position, depth, tier, role, position of what it is for, offers, number of jurisdictions. */
  readonly rows: Int32Array;
  /** Of all items in their order, as positions. */
  readonly jurisdictions: Int32Array;
}

const CLOSURE: AnalysisName = "closure";
const WIDTH = 7;
/** Stands for what is null. */
const NONE = -1;
const ROLES: readonly NeededItem["role"][] = ["AND", "OR"];

/**
 * The answer of an analysis as it travels between threads: of a closure the objects of its items take longer to be cloned
 * than to be found.
 *
 * @param network the one that was asked about
 */
export function packed(analysis: string, answer: unknown, network: Network): unknown {
  return analysis === CLOSURE ? packClosure(answer as ClosureReport, network) : answer;
}

/** The answer that was packed. */
export function unpacked(analysis: string, answer: unknown, network: Network): unknown {
  return analysis === CLOSURE ? unpackClosure(answer as PackedClosure, network) : answer;
}

function packClosure({ items, ...rest }: ClosureReport, { itemIndex, jurisdictions }: Network): PackedClosure {
  const codes = new Map(jurisdictions.map((code, position) => [code, position]));
  const rows = new Int32Array(items.length * WIDTH);
  const suppliedBy: number[] = [];
  let at = 0;
  for (const { item, depth, tier, role, neededFor, offers, jurisdictions: itsOwn } of items) {
    rows[at] = itemIndex.get(item)!;
    rows[at + 1] = depth;
    rows[at + 2] = tier ?? NONE;
    rows[at + 3] = ROLES.indexOf(role);
    rows[at + 4] = neededFor === null ? NONE : itemIndex.get(neededFor)!;
    rows[at + 5] = offers;
    rows[at + 6] = itsOwn.length;
    for (const code of itsOwn) suppliedBy.push(codes.get(code)!);
    at += WIDTH;
  }
  return { ...rest, rows, jurisdictions: Int32Array.from(suppliedBy) };
}

function unpackClosure(
  { rows, jurisdictions: suppliedBy, ...rest }: PackedClosure,
  { items: ids, jurisdictions }: Network,
): ClosureReport {
  const items: NeededItem[] = [];
  let from = 0;
  for (let at = 0; at < rows.length; at += WIDTH) {
    const [tier, neededFor] = [rows[at + 2]!, rows[at + 4]!];
    const codes: string[] = [];
    for (const to = from + rows[at + 6]!; from < to; from += 1) codes.push(jurisdictions[suppliedBy[from]!]!);
    items.push({
      item: ids[rows[at]!]!,
      depth: rows[at + 1]!,
      tier: tier === NONE ? null : tier,
      role: ROLES[rows[at + 3]!] ?? null,
      neededFor: neededFor === NONE ? null : ids[neededFor]!,
      jurisdictions: codes,
      offers: rows[at + 5]!,
    });
  }
  return { ...rest, items };
}
