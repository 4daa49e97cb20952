import { expect, test } from "vitest";
import { compareAnswers } from "../reliability/same-answers.ts";
import { describeEngine, neo4jEngine } from "../support/engines.ts";

describeEngine(neo4jEngine, "Beside the embedded engine", ({ open }) => {
  test("gives the same answers to queries drawn from the schema, in the same order", async () => {
    const seed = Number(process.env["LIANTU_SEED"] ?? 1190);
    const { answers, errors, differences } = await compareAnswers(40, 2, seed, open);
    expect(differences).toStrictEqual([]);
    expect(errors).toBeLessThan(answers / 2);
  }, 300_000);
});
