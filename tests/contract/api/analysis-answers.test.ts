import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, openSeededApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

describe("the answers of the analyses on the seeds", () => {
  let api: Api;
  beforeAll(async () => {
    api = await openSeededApi(embedded);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const PLANS = `verdict plans { cost steps { key offer { id } } }`;
  const sameWith = [
    [
      "substitution",
      `substitution(target: "firm-sanan", k: 3, distinctBy: null, objective: null, with: null, policy: null) { ${PLANS} }`,
      `substitution(target: "firm-sanan", k: 3) { ${PLANS} }`,
    ],
    [
      "substitution without k",
      `substitution(target: "firm-sanan", k: null) { ${PLANS} }`,
      `substitution(target: "firm-sanan") { ${PLANS} }`,
    ],
    [
      "gaps",
      `gaps(target: "firm-jinhua", first: null, types: null) { gaps { item { id } } }`,
      `gaps(target: "firm-jinhua") { gaps { item { id } } }`,
    ],
    [
      "search",
      `search(text: "光", first: null, kinds: null) { entity { id } }`,
      `search(text: "光") { entity { id } }`,
    ],
    [
      "neighborhood",
      `neighborhood(id: "firm-jinhua", depth: null, first: null, types: null) { subgraph { nodes { id } } }`,
      `neighborhood(id: "firm-jinhua") { subgraph { nodes { id } } }`,
    ],
    [
      "paths",
      `paths(from: "firm-jinhua", to: "firm-asml", maxLength: null, first: null, types: null) { paths { nodes { id } } }`,
      `paths(from: "firm-jinhua", to: "firm-asml") { paths { nodes { id } } }`,
    ],
  ] as const;
  test.each(sameWith)("null for an argument of %s is its default", async (_, withNulls, without) => {
    const given = await api.ask(`{ answer: ${withNulls} }`);
    expect(given.errors).toBeUndefined();
    expect(given).toStrictEqual(await api.ask(`{ answer: ${without} }`));
  });

  test("name the unknowns that decide a verdict, the same in gaps and substitution, and only then", async () => {
    const fields = "verdict unknowns { kind item { id } offer { id item { id } } }";
    const questions = ["firm-jinhua", "firm-sanan", "firm-quliang", "chain-opto", "chain-materials"].flatMap((target) =>
      [
        {},
        { restricted: [] },
        { unknownShare: "DENY" },
        { unknownShare: "DENY", restricted: [] },
        { minShare: 0.05 },
      ].map((policy) => ({ target, policy })),
    );
    const verdicts: string[] = [];
    for (const question of questions) {
      const { data } = await api.ask(
        `query ($target: ID!, $policy: PolicyInput) {
          gaps(target: $target, policy: $policy) { ${fields} }
          substitution(target: $target, policy: $policy) { ${fields} plans { cost } }
        }`,
        question,
      );
      const { gaps, substitution } = data as {
        gaps: { verdict: string; unknowns: { kind: string; item: { id: string }; offer: { item: object } | null }[] };
        substitution: { verdict: string; unknowns: unknown[]; plans: unknown[] };
      };
      const { plans, ...judged } = substitution;
      expect(judged).toStrictEqual(gaps);
      expect(gaps.unknowns.length > 0).toBe(gaps.verdict === "UNKNOWN");
      expect(new Set(gaps.unknowns.map((unknown) => JSON.stringify(unknown))).size).toBe(gaps.unknowns.length);
      for (const { item, offer } of gaps.unknowns) if (offer !== null) expect(offer.item).toStrictEqual(item);
      if (gaps.verdict === "YES") expect(plans.length).toBe(1);
      if (gaps.verdict === "NO") expect(plans).toStrictEqual([]);
      verdicts.push(gaps.verdict);
    }
    expect(new Set(verdicts)).toStrictEqual(new Set(["YES", "NO", "UNKNOWN"]));
  });

  test.each([
    [`exposure(target: "firm-jinhua", jurisdictions: ["us"]) { version }`, /^jurisdictions takes ISO 3166-1/],
    [`gaps(target: "firm-jinhua", policy: { removed: [""] }) { version }`, /^"", to be removed,/],
  ])("a fault is named as the caller wrote it: %s", async (query, message) => {
    const { status, errors } = await api.ask(`{ ${query} }`);
    expect([status, errors?.[0]?.extensions.code]).toStrictEqual([400, "BAD_USER_INPUT"]);
    expect(errors?.[0]?.message).toMatch(message);
  });
});
