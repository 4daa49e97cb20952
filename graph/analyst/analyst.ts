import type { Network } from "../projection/network.ts";
import type { AnalysisName, AnswerOf, RequestOf } from "./analyses.ts";

export interface AskOptions {
  /** Ends the work; the caller gets a `GraphError` CANCELLED, or TIMEOUT where the signal is one of time. */
  readonly signal?: AbortSignal;
}

/** Who answers analyses: threads of their own (`createAnalystPool`), or the caller's (`createLocalAnalyst`). */
export interface Analyst extends AsyncDisposable {
  /**
   * The answer of one analysis on one version's network. Rejects with a `GraphError`: that of the analysis (BAD_INPUT …),
   * TIMEOUT, CANCELLED, OVERLOADED where too many questions wait, INTERNAL with the cause for anything else.
   */
  ask<Name extends AnalysisName>(
    network: Network,
    name: Name,
    request: RequestOf<Name>,
    options?: AskOptions,
  ): Promise<AnswerOf<Name>>;
  /** Ends all work; what is not answered yet is CANCELLED. */
  close(): Promise<void>;
}
