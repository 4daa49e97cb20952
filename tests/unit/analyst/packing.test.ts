import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../../graph/analyst/analyses.ts";
import { createDesk } from "../../../graph/analyst/desk.ts";
import { packed, unpacked } from "../../../graph/analyst/packing.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";

test("a closure that was packed, sent and unpacked is the same, whatever was asked of it", () => {
  fc.assert(
    fc.property(
      randomQuestion(),
      fc.boolean(),
      fc.option(fc.nat({ max: 3 }), { nil: undefined }),
      ({ rows, targets, policy }, isWhole, first) => {
        fc.pre(targets.length > 0);
        const network = buildNetwork(rows, 1);
        const parts = { withRoles: isWhole, withCoverage: isWhole, withSubgraph: isWhole };
        const request = { targets, policy, ...parts, ...(first !== undefined && { first }) };
        const report = analyze(createDesk(network), "closure", request);
        const sent: unknown = structuredClone(packed("closure", report, network));
        expect(unpacked("closure", sent, network)).toStrictEqual(report);
      },
    ),
    RUNS,
  );
});
