import { writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";

/** The longest piece of work of a page's main thread, in milliseconds. */
export interface LongestTask {
  /** From its beginning to its end, whatever else kept the processor busy meanwhile. */
  readonly lasted: number;
  /** Of the piece that took most of it: the time on the processor alone. */
  readonly worked: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
}

const TASK = "ThreadControllerImpl::RunTask";
/** What the page says in the trace, on its main thread: the browser opens pages of its own, and works for them. */
const HERE = "liantu-bench-is-here";

/**
 * The longest task of a page's main thread while something is done, by Chromium's own trace: it knows tasks of any
 * length, and how long each was on the processor. The profile, where one is asked for, is for the developer tools.
 */
export async function longestTask(browser: Browser, page: Page, act: () => Promise<void>): Promise<LongestTask> {
  const folder = process.env["LIANTU_BENCH_TRACES"];
  const profile = folder === undefined ? [] : ["devtools.timeline", "disabled-by-default-v8.cpu_profiler"];
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing", ...profile] });
  let trace: Buffer;
  try {
    await act();
    await page.evaluate((name) => performance.mark(name), HERE);
  } finally {
    trace = await browser.stopTracing();
  }
  if (folder !== undefined) writeFileSync(`${folder}/${Date.now()}.json`, trace);
  const { traceEvents } = JSON.parse(trace.toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] };
  const here = traceEvents.find(({ name }) => name === HERE);
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === TASK && pid === here?.pid && tid === here.tid);
  if (tasks.length === 0) throw new Error(`Chromium's trace names no ${TASK} of the page's main thread`);
  const longest = (of: (event: TraceEvent) => number | undefined): number =>
    tasks.reduce((most, event) => Math.max(most, (of(event) ?? 0) / 1_000), 0);
  return { lasted: longest(({ dur }) => dur), worked: longest(({ tdur }) => tdur) };
}
