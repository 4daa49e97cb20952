import { expect, test } from "vitest";
import { createProgress, progressLine } from "../../../server/commands/progress.ts";

test("a line says how many rows, how fast and how long it will take", () => {
  expect(progressLine("writing", { done: 1_200, doneNow: 1_200, ms: 3_000, total: 5_000 })).toBe(
    "writing 1,200 of 5,000 rows, 400/s, 10 s left",
  );
  expect(progressLine("reading", { done: 7, doneNow: 0, ms: 0, total: undefined })).toBe("reading 7 rows");
  expect(progressLine("writing", { done: 10, doneNow: 10, ms: 1_000, total: 100_010 })).toBe(
    "writing 10 of 100,010 rows, 10/s, 2.8 h left",
  );
});

test("nothing is written where it is not wanted, nor more often than every five seconds beside a terminal", () => {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
  for (const quiet of [true, false]) {
    const progress = createProgress(stream, quiet);
    for (let done = 0; done < 1_000; done += 1) progress.update("writing", done);
    progress.end();
  }
  expect(lines).toStrictEqual([]);
});
