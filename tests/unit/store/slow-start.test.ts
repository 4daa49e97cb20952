import { expect, test } from "vitest";
import type { GraphError } from "../../../graph/errors.ts";
import { SlowStart } from "../../../graph/store/slow-start.ts";

/** Work that says when it has begun and ends when the test says so. */
function works(slowStart: SlowStart) {
  const begun: number[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const ask = (name: number, ended = new AbortController().signal): Promise<void> => {
    const asked = slowStart.take(ended, () => {
      begun.push(name);
      return new Promise<void>((resolve, reject) => {
        ends.set(name, (error) => (error === undefined ? resolve() : reject(error)));
      });
    });
    // Those that still wait when a test is over are told so to nobody.
    asked.catch(() => undefined);
    return asked;
  };
  return { begun, ask, end: (name: number, error?: Error) => ends.get(name)!(error) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("nothing waits before the database has come back", async () => {
  const { begun, ask } = works(new SlowStart());
  for (const name of upTo(100)) void ask(name);
  expect(begun).toStrictEqual(upTo(100));
});

test("a few begin when it has come back, and two more for each that is answered, in their order, until all do", async () => {
  const slowStart = new SlowStart();
  const { begun, ask, end } = works(slowStart);
  slowStart.begin();
  for (const name of upTo(200)) void ask(name);
  expect(begun).toStrictEqual(upTo(4));
  end(2);
  await settled();
  expect(begun).toStrictEqual(upTo(6));
  for (const name of [0, 1, 3, 4, 5]) end(name);
  await settled();
  expect(begun).toStrictEqual(upTo(16));
  for (const name of upTo(60).slice(6)) {
    await settled();
    end(name);
  }
  await settled();
  expect(begun).toStrictEqual(upTo(200));
});

test("what fails gives its place to one other", async () => {
  const slowStart = new SlowStart();
  const { begun, ask, end } = works(slowStart);
  slowStart.begin();
  const [first] = upTo(8).map((name) => ask(name));
  end(0, new Error("late"));
  await expect(first).rejects.toThrow("late");
  expect(begun).toStrictEqual(upTo(5));
});

test("what is ended gives its place up too, though its connection is gone and it never settles", async () => {
  const slowStart = new SlowStart();
  const { begun, ask } = works(slowStart);
  const connection = new AbortController();
  for (const name of upTo(50)) void ask(name, connection.signal);
  connection.abort();
  slowStart.begin();
  for (const name of [50, 51, 52, 53, 54]) void ask(name);
  expect(begun).toStrictEqual(upTo(54));
});

test("what is given up, or waits too long, is told so and never begins", async () => {
  const slowStart = new SlowStart(5);
  const { begun, ask, end } = works(slowStart);
  slowStart.begin();
  for (const name of upTo(4)) void ask(name);
  const caller = new AbortController();
  const givenUp = ask(4, caller.signal);
  const late = ask(5);
  caller.abort(new Error("gone"));
  await expect(givenUp).rejects.toThrow("gone");
  await expect(late).rejects.toMatchObject({ code: "OVERLOADED" } satisfies Partial<GraphError>);
  await expect(ask(6, AbortSignal.abort(new Error("gone before")))).rejects.toThrow("gone before");
  end(0);
  await settled();
  expect(begun).toStrictEqual(upTo(4));
});
