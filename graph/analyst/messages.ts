import type { Network } from "../projection/network.ts";
import type { Fault } from "./fault.ts";

/** What a thread is told: one question at a time. */
export interface Assignment {
  readonly analysis: string;
  readonly request: unknown;
  /** Key of the network it is about. */
  readonly network: number;
  /** That network, where the thread does not hold it yet. */
  readonly sent: Network | null;
  /** Keys of networks that nobody asks about any more. */
  readonly dropped: readonly number[];
}

/** What a thread says at the end of each assignment. */
export type Outcome = { readonly answer: unknown } | { readonly fault: Fault };
