import { checkpoint } from "../../graph/analysis/checkpoint.ts";
import { ANALYSES } from "../../graph/analyst/analyses.ts";
import { answerAssignments } from "../../graph/analyst/answer-assignments.ts";
import type { Desk } from "../../graph/analyst/desk.ts";

/**
 * The program of an analysis thread with analyses for tests: one that never ends but lets itself be interrupted (`gaps`,
 * so that the API can ask for it), one that does not, and some that fail.
 */
answerAssignments({
  ...ANALYSES,
  gaps: () => {
    for (;;) checkpoint();
  },
  deaf: () => {
    for (;;);
  },
  broken: () => {
    throw new TypeError("a fault of ours");
  },
  deadly: () => process.exit(3),
  unsendable: () => () => 1,
  version: ({ network }: Desk) => network.version,
});
