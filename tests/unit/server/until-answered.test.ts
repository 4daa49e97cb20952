import { expect, test } from "vitest";
import { GraphError } from "../../../graph/errors.ts";
import { untilAnswered } from "../../../server/until-answered.ts";

const silent = new GraphError("DB_UNAVAILABLE", "no answer");
const late = new GraphError("TIMEOUT", "too late");

function failing(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return "done";
  };
}

test("work is repeated while the database is silent, and whoever waits is told of each time", async () => {
  const told: unknown[] = [];
  const patience = { mostMs: 60_000, everyMs: 1, onWait: (error: GraphError) => told.push(error) };
  expect(await untilAnswered(failing(silent, late), patience)).toBe("done");
  expect(told).toStrictEqual([silent, late]);
});

test("what is no silence is thrown at once, and silence when patience is at its end", async () => {
  const told: unknown[] = [];
  const patience = { mostMs: 60_000, everyMs: 1, onWait: (error: GraphError) => told.push(error) };
  const full = new GraphError("OVERLOADED", "full");
  await expect(untilAnswered(failing(full), patience)).rejects.toBe(full);
  await expect(untilAnswered(failing(silent), { ...patience, mostMs: 0 })).rejects.toBe(silent);
  expect(told).toStrictEqual([]);
});
