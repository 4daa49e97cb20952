import { expect, test } from "vitest";
import type { Analyst } from "../../../graph/analyst/analyst.ts";
import { createSharingAnalyst } from "../../../graph/analyst/sharing-analyst.ts";
import { GraphError } from "../../../graph/errors.ts";
import { SAMPLE_NETWORK, SAMPLE_REQUESTS } from "../../support/sample-requests.ts";

const { localization, exposure } = SAMPLE_REQUESTS;

/** An analyst who answers when told to, and writes down what was asked and given up. */
function heldAnalyst() {
  const asked: { resolve: (answer: unknown) => void; reject: (error: unknown) => void; signal: AbortSignal }[] = [];
  const analyst = {
    ask: (_network: unknown, _name: unknown, _request: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new GraphError("CANCELLED", "given up")));
        asked.push({ resolve, reject, signal });
      }),
    close: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  } as unknown as Analyst;
  return { analyst: createSharingAnalyst(analyst), asked };
}

test("the same question of the same network is worked out once for all that ask meanwhile", async () => {
  const { analyst, asked } = heldAnalyst();
  const same = [1, 2, 3].map(() => analyst.ask(SAMPLE_NETWORK, "localization", structuredClone(localization)));
  const others = [
    analyst.ask({ ...SAMPLE_NETWORK }, "localization", localization),
    analyst.ask(SAMPLE_NETWORK, "exposure", exposure),
    analyst.ask(SAMPLE_NETWORK, "localization", { ...localization, targets: [] }),
  ];
  expect(asked).toHaveLength(4);
  for (const [at, { resolve }] of asked.entries()) resolve(at);
  expect(await Promise.all([...same, ...others])).toStrictEqual([0, 0, 0, 1, 2, 3]);
  const later = analyst.ask(SAMPLE_NETWORK, "localization", localization);
  asked.at(-1)!.resolve("anew");
  expect(asked).toHaveLength(5);
  expect(await later).toBe("anew");
});

test("who goes away is not waited for; it is given up when all went away, and asked anew by the next", async () => {
  const { analyst, asked } = heldAnalyst();
  const [one, other] = [new AbortController(), new AbortController()];
  const ask = (signal: AbortSignal) => analyst.ask(SAMPLE_NETWORK, "localization", localization, { signal });
  const first = ask(one.signal);
  const second = ask(other.signal);
  one.abort(new GraphError("TIMEOUT", "late"));
  await expect(first).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(asked[0]!.signal.aborted).toBe(false);
  other.abort();
  await expect(second).rejects.toMatchObject({ code: "CANCELLED" });
  expect(asked[0]!.signal.aborted).toBe(true);
  const third = analyst.ask(SAMPLE_NETWORK, "localization", localization);
  expect(asked).toHaveLength(2);
  asked[1]!.resolve("anew");
  expect(await third).toBe("anew");
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELLED" });
  expect(asked).toHaveLength(2);
});

test("a failure reaches all that share it", async () => {
  const { analyst, asked } = heldAnalyst();
  const both = [1, 2].map(() => analyst.ask(SAMPLE_NETWORK, "localization", localization));
  asked[0]!.reject(new GraphError("BAD_INPUT", "wrong"));
  for (const each of both) await expect(each).rejects.toMatchObject({ code: "BAD_INPUT", message: "wrong" });
});
