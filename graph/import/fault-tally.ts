import type { Fault } from "../records.ts";

/** How many of the faults of an import are kept to be shown. */
export const SHOWN_FAULTS = 100;

/** Faults of an import: how many there are, and the first of them. */
export interface FaultTally {
  readonly count: number;
  readonly first: readonly Fault[];
}

/** Counts faults and keeps the first 100, so that a file with millions of faults needs no more memory than one with few. */
export class FaultCounter {
  #count = 0;
  readonly #first: Fault[] = [];

  get count(): number {
    return this.#count;
  }

  /** As it stands now. */
  get tally(): FaultTally {
    return { count: this.#count, first: [...this.#first] };
  }

  add(fault: Fault): void {
    this.#count += 1;
    if (this.#first.length < SHOWN_FAULTS) this.#first.push(fault);
  }
}

/** Faults after which the rest of a file is not read, or not understood: no row can be left out in their stead. */
const WHOLE_FILE = new Set([
  ...["ENCODING", "EMPTY_FILE", "MISSING_COLUMN", "UNKNOWN_COLUMN", "DUPLICATE_COLUMN", "BAD_COLUMN", "COLUMN_TYPE"],
  ...[
    "QUOTE_NOT_CLOSED",
    "QUOTE_IN_CELL",
    "RECORD_TOO_LONG",
    "NO_DATASET",
    "BAD_DATASET",
    "NOT_A_CSV_FILE",
    "NO_NODES",
  ],
]);

/** Whether a fault concerns more than the row it names, so that skipping that row does not mend it. */
export function concernsWholeFile({ code, place }: Fault): boolean {
  return place === undefined || WHOLE_FILE.has(code);
}
