import { describe, expect, test } from "vitest";
import { inSlices } from "../../../client/canvas/in-slices.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
/** The page's turn is free again. */
const untilFree = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 600));

describe("Work in slices", () => {
  test("is done at once where it fits into one, and for nothing at all", async () => {
    for (const count of [0, 1, 3]) {
      const steps: unknown[] = [];
      inSlices(
        numbers(count),
        (slice) => steps.push(slice),
        () => steps.push("done"),
      );
      expect(steps).toStrictEqual([numbers(count), "done"]);
      await untilFree();
    }
  });

  test("goes through the whole list in order, and lets others have their turn in between", async () => {
    const steps: (number | string)[] = [];
    const all = ["one", "other"].map(
      (name) =>
        new Promise<void>((resolve) => {
          inSlices(
            numbers(12),
            (slice) => steps.push(...slice.map((number) => `${name} ${number}`), `end of ${name}`),
            resolve,
          );
        }),
    );
    steps.push("meanwhile");
    await Promise.all(all);
    const of = (name: string) => steps.filter((step) => step.toString().startsWith(`${name} `));
    for (const name of ["one", "other"])
      expect(of(name)).toStrictEqual(numbers(12).map((number) => `${name} ${number}`));
    expect(steps.indexOf("meanwhile")).toBeLessThan(steps.indexOf("other 0"));
    expect(steps.indexOf("other 0")).toBeLessThan(steps.indexOf("one 11"));
    expect(steps.filter((step) => step === "end of one").length).toBeGreaterThan(1);
    await untilFree();
  });

  test("stops when told, and never says that it is done", async () => {
    const steps: unknown[] = [];
    const stop = inSlices(
      numbers(60),
      (slice) => steps.push(...slice),
      () => steps.push("done"),
    );
    const first = [...steps];
    stop();
    await untilFree();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(60);
    expect(steps).toStrictEqual(first);
  });
});
