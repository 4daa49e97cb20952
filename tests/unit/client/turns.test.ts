import { expect, test } from "vitest";
import { inTurn } from "../../../client/turns.ts";

test("Work of the page is done one piece at a time, in order, and what was given up not at all", async () => {
  const steps: string[] = [];
  const all = new Promise<void>((resolve) => {
    inTurn(
      () => steps.push("first"),
      () => steps.push("after first"),
    );
    steps.push("meanwhile");
    const giveUp = inTurn(
      () => steps.push("given up"),
      () => steps.push("after given up"),
    );
    inTurn(
      () => steps.push("second"),
      () => resolve(),
    );
    giveUp();
  });
  await all;
  expect(steps).toStrictEqual(["first", "meanwhile", "after first", "second"]);
});

test("A piece that fails takes nobody's turn", async () => {
  expect(() =>
    inTurn(() => {
      throw new Error("broken");
    }),
  ).toThrow("broken");
  await new Promise<void>((resolve) => inTurn(resolve));
});
