import { parentPort, workerData } from "node:worker_threads";
import { interruptible } from "../analysis/checkpoint.ts";
import type { Analyses } from "./analyses.ts";
import { createDesk, type Desk } from "./desk.ts";
import { faultOf } from "./fault.ts";
import type { Assignment, Outcome } from "./messages.ts";
import { packed } from "./packing.ts";

/** What a thread does for its life: it answers assignments by these analyses, one after the other. */
export function answerAssignments(analyses: Analyses): void {
  const port = parentPort!;
  /** Not zero while the work under way is not wanted any more; the other side writes it. */
  const stop = workerData as Int32Array;
  const desks = new Map<number, Desk>();

  const answer = ({ analysis, request, network, sent, dropped }: Assignment): Outcome => {
    for (const key of dropped) desks.delete(key);
    if (sent !== null) desks.set(network, createDesk(sent));
    const run = analyses[analysis] as (desk: Desk, request: unknown) => unknown;
    const desk = desks.get(network)!;
    const answered = interruptible(isStopped, () => run(desk, request));
    return { answer: packed(analysis, answered, desk.network) };
  };
  const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;

  port.on("message", (assignment: Assignment) => {
    try {
      port.postMessage(answer(assignment));
    } catch (error) {
      port.postMessage({ fault: faultOf(assignment.analysis, error) } satisfies Outcome);
    }
  });
}
