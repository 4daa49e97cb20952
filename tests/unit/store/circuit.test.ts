import { expect, test } from "vitest";
import { GraphError } from "../../../graph/errors.ts";
import { Circuit } from "../../../graph/store/circuit.ts";

const refusal = () => new GraphError("DB_UNAVAILABLE", "silent");
const answer = () => Promise.resolve(42);
const code = (work: Promise<unknown>) =>
  work.then(
    () => "OK",
    (error: unknown) => (error instanceof GraphError ? error.code : String(error)),
  );

/** A database that is up or down as the test says, and how often it was asked for a sign of life. */
function database() {
  const state = { isUp: true, probes: 0, opened: 0, busy: false, answersOthers: false };
  const circuit: Circuit = new Circuit({
    probe: async () => {
      state.probes += 1;
      if (state.busy) throw new GraphError("OVERLOADED", "busy");
      if (state.answersOthers) circuit.answered();
      if (!state.isUp) throw new GraphError("TIMEOUT", "late");
    },
    refusal,
    onOpen: () => {
      state.opened += 1;
    },
    silenceMs: 15,
    everyMs: 5,
  });
  return { state, circuit };
}

test("work goes through, and its failures stay its own, while the database answers", async () => {
  const { state, circuit } = database();
  expect(await circuit.run(answer)).toBe(42);
  const late = () => Promise.reject(new GraphError("TIMEOUT", "a slow question"));
  expect(await code(circuit.run(late))).toBe("TIMEOUT");
  await expect.poll(() => state.probes).toBe(1);
  expect(await circuit.run(answer)).toBe(42);
  expect(state.opened).toBe(0);
});

test("a failure while the database is silent opens it: work is refused, not begun, until a probe is answered", async () => {
  const { state, circuit } = database();
  state.isUp = false;
  expect(await code(circuit.run(() => Promise.reject(refusal())))).toBe("DB_UNAVAILABLE");
  await expect.poll(() => state.opened).toBe(1);
  let begun = 0;
  const work = async () => {
    begun += 1;
  };
  expect([await code(circuit.run(work)), begun]).toStrictEqual(["DB_UNAVAILABLE", 0]);
  state.isUp = true;
  await expect.poll(() => code(circuit.run(work))).toBe("OK");
  expect([begun, state.opened]).toStrictEqual([1, 1]);
  circuit.end();
});

test("silence ends work under way that would wait for ever", async () => {
  const { state, circuit } = database();
  state.isUp = false;
  const waiting = circuit.run((whenOpened) => new Promise((_, reject) => whenOpened(reject)));
  expect(await code(waiting)).toBe("DB_UNAVAILABLE");
  expect(state.opened).toBe(1);
  circuit.end();
});

test("neither a busy database nor one that answers others is silent", async () => {
  const { state, circuit } = database();
  state.busy = true;
  expect(await code(circuit.run(() => Promise.reject(refusal())))).toBe("DB_UNAVAILABLE");
  await expect.poll(() => state.probes).toBe(1);
  expect(await circuit.run(answer)).toBe(42);
  state.busy = false;
  state.isUp = false;
  state.answersOthers = true;
  expect(await code(circuit.run(() => Promise.reject(refusal())))).toBe("DB_UNAVAILABLE");
  await expect.poll(() => state.probes).toBe(2);
  expect(await circuit.run(answer)).toBe(42);
  expect(state.opened).toBe(0);
});
