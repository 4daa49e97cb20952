import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Crowd } from "../../../server/crowd.ts";

test("work waits for turns that take connections, and keeps its order", async () => {
  const crowd = new Crowd();
  const done: string[] = [];
  crowd.taken();
  crowd.settled(() => done.push("a"));
  await turn();
  expect(done).toStrictEqual([]);
  crowd.taken();
  crowd.settled(() => done.push("b"));
  await turn();
  expect(done).toStrictEqual([]);
  await turn();
  expect(done).toStrictEqual(["a", "b"]);
  crowd.settled(() => done.push("c"));
  await turn();
  expect(done).toStrictEqual(["a", "b", "c"]);
});

test("work does not wait for ever where connections come in every turn", async () => {
  const crowd = new Crowd();
  let isDone = false;
  crowd.settled(() => {
    isDone = true;
  });
  while (!isDone) {
    crowd.taken();
    await sleep(1);
  }
  expect(isDone).toBe(true);
});
