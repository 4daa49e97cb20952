import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { ANALYSES, type AnalysisName } from "../../../graph/analyst/analyses.ts";
import type { Analyst, AskOptions } from "../../../graph/analyst/analyst.ts";
import { type AnalystPoolOptions, createAnalystPool } from "../../../graph/analyst/analyst-pool.ts";
import { createLocalAnalyst } from "../../../graph/analyst/local-analyst.ts";
import type { GraphError } from "../../../graph/errors.ts";
import { hold } from "../../support/hold.ts";
import { SAMPLE_NETWORK, SAMPLE_REQUESTS } from "../../support/sample-requests.ts";

const LONG = 600_000;
const ANSWER = await createLocalAnalyst().ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization);

function unrulyPool(options: Partial<AnalystPoolOptions> = {}) {
  const entry = new URL("../../support/unruly-thread.ts", import.meta.url);
  return createAnalystPool({ threads: 1, queue: 10, timeoutMs: LONG, graceMs: LONG, entry, ...options });
}

/** Asks for an analysis that only the unruly thread knows. */
function askFor(analyst: Analyst, analysis: string, options?: AskOptions, network = SAMPLE_NETWORK): Promise<unknown> {
  return analyst.ask(network, analysis as AnalysisName, SAMPLE_REQUESTS.gaps, options);
}

describe("an analysis in a thread", () => {
  test("answers as it does in the caller's, each of them", async () => {
    await using pool = createAnalystPool({ threads: 1, queue: 0, timeoutMs: LONG });
    const local = createLocalAnalyst();
    for (const name of Object.keys(ANALYSES) as AnalysisName[]) {
      const request = SAMPLE_REQUESTS[name] as never;
      const [there, here] = [
        await pool.ask(SAMPLE_NETWORK, name, request),
        await local.ask(SAMPLE_NETWORK, name, request),
      ];
      expect({ name, answer: there }).toStrictEqual({ name, answer: here });
    }
  });

  test("keeps the code and the words of a fault in the question", async () => {
    await using pool = createAnalystPool({ threads: 1, queue: 0, timeoutMs: LONG });
    const request = { targets: ["nobody"], policy: DEFAULT_POLICY };
    const faults = await Promise.all(
      [pool, createLocalAnalyst()].map((analyst) =>
        analyst.ask(SAMPLE_NETWORK, "exposure", { ...request, jurisdictions: [] }).catch((error: GraphError) => error),
      ),
    );
    expect(faults.map((fault) => (fault as GraphError).code)).toStrictEqual(["BAD_INPUT", "BAD_INPUT"]);
    expect((faults[0] as GraphError).message).toBe((faults[1] as GraphError).message);
    expect((faults[0] as GraphError).message).toContain('"nobody"');
  });

  test.each(["broken", "deadly", "unsendable"])(
    "that is %s is INTERNAL with its cause, and the next one is answered",
    async (name) => {
      await using pool = unrulyPool();
      const error = await askFor(pool, name).catch((failure: GraphError) => failure);
      expect(error).toMatchObject({ code: "INTERNAL" });
      if (name === "broken") expect(((error as GraphError).cause as Error).stack).toMatch(/a fault of ours\n +at /);
      expect(await pool.ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization)).toStrictEqual(ANSWER);
    },
  );

  test("sees the network it was asked about, whatever came between", async () => {
    await using pool = unrulyPool();
    const networks = [1, 2, 3].map((version) => ({ ...SAMPLE_NETWORK, version }));
    const asked = [0, 1, 0, 2, 1, 1, 0].map((at) => networks[at]!);
    const seen = await Promise.all(asked.map((network) => askFor(pool, "version", {}, network)));
    expect(seen).toStrictEqual(asked.map(({ version }) => version));
    expect(await askFor(pool, "version", {}, networks[2])).toBe(3);
  });
});

describe("an analysis that takes too long", () => {
  test("leaves the caller's thread free: what is asked later is answered first", async () => {
    await using pool = unrulyPool({ threads: 2 });
    const order: string[] = [];
    const giveUp = new AbortController();
    const endless = askFor(pool, "gaps", { signal: giveUp.signal }).catch(() => order.push("endless"));
    await pool.ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization).then(() => order.push("answered"));
    giveUp.abort();
    await endless;
    expect(order).toStrictEqual(["answered", "endless"]);
  });

  test("ends when its caller gives up, in the same thread", async () => {
    await using pool = unrulyPool();
    const giveUp = new AbortController();
    const endless = askFor(pool, "gaps", { signal: giveUp.signal });
    const next = pool.ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization);
    giveUp.abort();
    await expect(endless).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await next).toStrictEqual(ANSWER);
    expect(pool.load()).toStrictEqual({ waiting: 0, running: 0, started: 1 });
  });

  test("ends with its thread where it does not listen, and another takes its place", async () => {
    await using pool = unrulyPool({ graceMs: 1 });
    const giveUp = new AbortController();
    const endless = askFor(pool, "deaf", { signal: giveUp.signal });
    const next = pool.ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization);
    giveUp.abort();
    await expect(endless).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await next).toStrictEqual(ANSWER);
    expect(pool.load()).toStrictEqual({ waiting: 0, running: 0, started: 2 });
  });

  test("gives nothing more to a thread that noticed when its end was under way", async () => {
    await using pool = unrulyPool({ graceMs: 1 });
    await askFor(pool, "version");
    const giveUp = new AbortController();
    const endless = askFor(pool, "lingering", { signal: giveUp.signal });
    const next = pool.ask(SAMPLE_NETWORK, "localization", SAMPLE_REQUESTS.localization);
    // As on a busy machine: when this thread goes on, the time is over, and word that the other one stopped is there.
    setTimeout(() => {
      giveUp.abort();
      setImmediate(() => hold(300));
    }, 50);
    await expect(endless).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await next).toStrictEqual(ANSWER);
  });

  test("is a TIMEOUT, also where it only waited", async () => {
    await using pool = unrulyPool({ timeoutMs: 50 });
    const asked = [askFor(pool, "gaps"), askFor(pool, "gaps")];
    for (const endless of asked) await expect(endless).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(pool.load().waiting).toBe(0);
  });

  test("is given up when the analyst closes", async () => {
    const pool = unrulyPool();
    const asked = [askFor(pool, "gaps"), askFor(pool, "gaps")];
    const settled = Promise.allSettled(asked);
    await pool.close();
    expect((await settled).map((each) => each.status === "rejected" && each.reason.code)).toStrictEqual([
      "CANCELLED",
      "CANCELLED",
    ]);
    await expect(askFor(pool, "version")).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("more questions than may wait", () => {
  test("are refused at once, those that wait are answered in their order", async () => {
    await using pool = unrulyPool({ queue: 2 });
    const giveUp = new AbortController();
    const endless = askFor(pool, "gaps", { signal: giveUp.signal });
    const order: string[] = [];
    const waiting = ["first", "second"].map((name) => askFor(pool, "version").then(() => order.push(name)));
    expect(pool.load()).toStrictEqual({ waiting: 2, running: 1, started: 1 });
    await expect(askFor(pool, "version")).rejects.toMatchObject({ code: "OVERLOADED" });
    giveUp.abort();
    await expect(endless).rejects.toMatchObject({ code: "CANCELLED" });
    await Promise.all(waiting);
    expect(order).toStrictEqual(["first", "second"]);
  });

  test("give their place back when they are not wanted any more", async () => {
    await using pool = unrulyPool({ queue: 1 });
    const [endless, unwanted] = [new AbortController(), new AbortController()];
    const running = askFor(pool, "gaps", { signal: endless.signal });
    const waiting = askFor(pool, "version", { signal: unwanted.signal });
    unwanted.abort();
    await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
    const next = askFor(pool, "version");
    endless.abort();
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await next).toBe(SAMPLE_NETWORK.version);
  });
});
