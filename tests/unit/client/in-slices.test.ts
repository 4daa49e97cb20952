import { describe, expect, test } from "vitest";
import { inSlices } from "../../../client/canvas/in-slices.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("Work in slices", () => {
  test("is done at once where it fits into one, and for nothing at all", () => {
    for (const count of [0, 1, 5]) {
      const steps: unknown[] = [];
      inSlices(
        numbers(count),
        5,
        (slice) => steps.push(slice),
        () => steps.push("done"),
      );
      expect(steps).toStrictEqual([numbers(count), "done"]);
    }
  });

  test("goes through the whole list in order, and lets others have their turn in between", async () => {
    const steps: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      inSlices(numbers(7), 3, (slice) => steps.push(slice), resolve);
    });
    steps.push("meanwhile");
    await done;
    expect(steps).toStrictEqual([[0, 1, 2], "meanwhile", [3, 4, 5], [6]]);
  });

  test("stops when told, and never says that it is done", async () => {
    const steps: unknown[] = [];
    const stop = inSlices(
      numbers(7),
      3,
      (slice) => steps.push(slice),
      () => steps.push("done"),
    );
    stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(steps).toStrictEqual([[0, 1, 2]]);
  });
});
