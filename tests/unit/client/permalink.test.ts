import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_VIEW,
  fromQuery,
  GAP_TYPES,
  LANGUAGES,
  MAX_PLANS,
  MAX_TIER,
  READINESS,
  toQuery,
  VIEW_NAMES,
  type View,
} from "../../../client/state/permalink.ts";

const id = fc.string({ minLength: 1, maxLength: 20, unit: "binary" });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const country = fc.stringMatching(/^[A-Z]{2}$/);

const anyView: fc.Arbitrary<View> = fc.record(
  {
    view: fc.constantFrom(...VIEW_NAMES),
    lang: maybe(fc.constantFrom(...LANGUAGES)),
    target: maybe(id),
    restricted: fc.uniqueArray(country, { maxLength: 5 }),
    assumed: fc.boolean(),
    maxTier: maybe(fc.integer({ min: 1, max: MAX_TIER })),
    minReadiness: fc.constantFrom(...READINESS),
    types: fc.uniqueArray(fc.constantFrom(...GAP_TYPES)),
    allSources: fc.boolean(),
    wholeChain: fc.boolean(),
    plan: fc.integer({ min: 1, max: MAX_PLANS }),
    selected: maybe(id),
    source: maybe(id),
    open: fc.array(fc.record({ id, type: fc.constantFrom("", "SUPPLIES", "PART_OF") }, { noNullPrototype: true }), {
      maxLength: 4,
    }),
    hiddenKinds: fc.uniqueArray(fc.constantFrom("Firm", "Product", "Source")),
    removed: fc.uniqueArray(id, { maxLength: 4 }),
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
      fromQuery("view=report&lang=fr&tier=0&plan=9&restricted=usa.US.US&type=ODD&open=x&readiness=READY"),
    ).toStrictEqual(DEFAULT_VIEW);
  });

  test("can say that no country is restricted", () => {
    expect(fromQuery(toQuery({ ...DEFAULT_VIEW, restricted: [] })).restricted).toStrictEqual([]);
  });
});
