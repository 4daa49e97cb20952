import { expect, test } from "vitest";
import { Admission } from "../../../server/admission.ts";

/** Work that ends when the test says so. */
function heldWork() {
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.push(() => resolve(name));
    });
  return { begun, work, endOldest: () => ends.shift()!() };
}
const signal = new AbortController().signal;
const LONG = 60_000;

test("lets in so many, lets so many wait in order, and refuses the others at once", async () => {
  const admission = new Admission({ running: 2, waiting: 2, mostMs: LONG });
  const { begun, work, endOldest } = heldWork();
  const answers = ["a", "b", "c", "d"].map((name) => admission.admit(signal, work(name)));
  expect(await admission.admit(signal, work("e"))).toBe(null);
  expect(begun).toStrictEqual(["a", "b"]);
  for (const name of ["a", "b", "c", "d"]) {
    await expect.poll(() => begun).toContain(name);
    endOldest();
  }
  expect(await Promise.all(answers)).toStrictEqual(["a", "b", "c", "d"]);
  expect(begun).toStrictEqual(["a", "b", "c", "d"]);
  expect(await admission.admit(signal, async () => "later")).toBe("later");
});

test("one whose caller goes away, or who waits too long, leaves its place to others", async () => {
  const admission = new Admission({ running: 1, waiting: 1, mostMs: LONG });
  const { work, endOldest } = heldWork();
  const first = admission.admit(signal, work("a"));
  const caller = new AbortController();
  const gone = admission.admit(caller.signal, work("b"));
  caller.abort();
  expect(await gone).toBe(null);
  const next = admission.admit(signal, async () => "c");
  endOldest();
  expect([await first, await next]).toStrictEqual(["a", "c"]);

  const impatient = new Admission({ running: 1, waiting: 1, mostMs: 1 });
  const held = impatient.admit(signal, work("d"));
  expect(await impatient.admit(signal, work("e"))).toBe(null);
  endOldest();
  expect(await held).toBe("d");
});

test("work that fails leaves its place too", async () => {
  const admission = new Admission({ running: 1, waiting: 0, mostMs: LONG });
  const failing = admission.admit(signal, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await admission.admit(signal, async () => "next")).toBe("next");
});
