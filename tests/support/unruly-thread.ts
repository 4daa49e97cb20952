import { pbkdf2Sync } from "node:crypto";
import { checkpoint } from "../../graph/analysis/checkpoint.ts";
import { ANALYSES } from "../../graph/analyst/analyses.ts";
import { answerAssignments } from "../../graph/analyst/answer-assignments.ts";
import type { Desk } from "../../graph/analyst/desk.ts";
import { hold } from "./hold.ts";

/**
 * The program of an analysis thread with analyses for tests: one that never ends but lets itself be interrupted (`gaps`,
 * so that the API can ask for it), one whose thread takes long to end after that, one that does not, and some that fail.
 */
answerAssignments({
  ...ANALYSES,
  gaps: () => {
    for (;;) checkpoint();
  },
  lingering: () => {
    // What is native cannot be ended before it has.
    setImmediate(() => pbkdf2Sync("", "", 1_000_000, 64, "sha512"));
    try {
      for (;;) checkpoint();
    } finally {
      hold(100);
    }
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
