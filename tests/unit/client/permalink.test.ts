import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CANDIDATE_KINDS,
  DEFAULT_VIEW,
  EDIT_FORMS,
  FAILURE_KINDS,
  fromQuery,
  GAP_TYPES,
  LANGUAGES,
  MAX_BUDGET,
  MAX_PLANS,
  MAX_TIER,
  PLAN_DISTINCTIONS,
  READINESS,
  REPORT_LANGUAGES,
  toQuery,
  VIEW_NAMES,
  type View,
} from "../../../client/state/permalink.ts";

const id = fc.string({ minLength: 1, maxLength: 20, unit: "binary" });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const country = fc.stringMatching(/^[A-Z]{2}$/);

const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyPolicy = {
  restricted: fc.uniqueArray(country, { maxLength: 5 }),
  assumed: fc.boolean(),
  maxTier: maybe(fc.integer({ min: 1, max: MAX_TIER })),
  minReadiness: fc.constantFrom(...READINESS),
  asOf: maybe(day),
};

const place = fc.integer({ min: -999_999, max: 999_999 });

const anyView: fc.Arbitrary<View> = fc.record(
  {
    view: fc.constantFrom(...VIEW_NAMES),
    lang: maybe(fc.constantFrom(...LANGUAGES)),
    target: maybe(id),
    ...anyPolicy,
    other: fc.record(anyPolicy, { noNullPrototype: true }),
    types: fc.uniqueArray(fc.constantFrom(...GAP_TYPES)),
    allSources: fc.boolean(),
    wholeChain: fc.boolean(),
    plan: fc.integer({ min: 1, max: MAX_PLANS }),
    distinctBy: fc.constantFrom(...PLAN_DISTINCTIONS),
    onlyChanges: fc.boolean(),
    failed: fc.uniqueArray(id, { maxLength: 4 }),
    step: maybe(fc.integer({ min: 0, max: 9999 })),
    failureKinds: fc.uniqueArray(fc.constantFrom(...FAILURE_KINDS)),
    budget: fc.double({ min: 0, max: MAX_BUDGET, noNaN: true }).map((value) => value + 0),
    candidateKinds: fc.uniqueArray(fc.constantFrom(...CANDIDATE_KINDS)),
    landed: fc.uniqueArray(id, { maxLength: 4 }),
    reportLanguage: fc.constantFrom(...REPORT_LANGUAGES),
    form: fc.constantFrom(...EDIT_FORMS),
    selected: maybe(id),
    source: maybe(id),
    open: fc.array(fc.record({ id, type: fc.constantFrom("", "SUPPLIES", "PART_OF") }, { noNullPrototype: true }), {
      maxLength: 4,
    }),
    hiddenKinds: fc.uniqueArray(fc.constantFrom("Firm", "Product", "Source")),
    removed: fc.uniqueArray(id, { maxLength: 4 }),
    groups: fc.uniqueArray(id, { maxLength: 4 }),
    pins: fc.uniqueArray(fc.record({ id, x: place, y: place }, { noNullPrototype: true }), {
      maxLength: 4,
      selector: (pin) => pin.id,
    }),
    pathFrom: maybe(id),
    pathTo: maybe(id),
  },
  { noNullPrototype: true },
);

describe("The address of a view", () => {
  test("stands for every view, whatever the ids are", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(fromQuery(toQuery(view))).toStrictEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  test("is empty for what the page shows by default", () => {
    expect(toQuery(DEFAULT_VIEW)).toBe("");
    expect(fromQuery("")).toStrictEqual(DEFAULT_VIEW);
  });

  test("is short and can be read", () => {
    const view: View = {
      ...DEFAULT_VIEW,
      view: "gaps",
      target: "firm-jinhua",
      restricted: ["US", "NL"],
      maxTier: null,
    };
    expect(toQuery(view)).toBe("view=gaps&target=firm-jinhua&restricted=US.NL&tier=all");
  });

  test("never makes a view that is not one, whatever is written into it", () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        const view = fromQuery(text);
        expect(fromQuery(toQuery(view))).toStrictEqual(view);
      }),
    );
    expect(
      fromQuery(
        "view=nothing&lang=fr&tier=0&plan=9&restricted=usa.US.US&type=ODD&open=x&readiness=READY&day=2025-02-30" +
          "&pin=1~2~&pin=1.5~2~a&pin=-0~2~a&step=-1&budget=-1&rank=SHIP&candidate=SUPPLIER&report=FR&form=all&fail=&landed=&other-tier=x&other-day=today",
      ),
    ).toStrictEqual(DEFAULT_VIEW);
  });

  test("can say that no country is restricted", () => {
    expect(fromQuery(toQuery({ ...DEFAULT_VIEW, restricted: [] })).restricted).toStrictEqual([]);
  });
});
