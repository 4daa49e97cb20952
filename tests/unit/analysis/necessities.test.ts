import fc from "fast-check";
import { expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { necessities } from "../../../graph/analysis/necessities.ts";
import { necessityMeter } from "../../../graph/analysis/necessity.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { reachOf, structureOf } from "../../../graph/analysis/structure.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { denseNetwork } from "../../support/dense-network.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";

const dense = denseNetwork(9).map((rows) => ({ rows, targets: ["i0", "i3"], policy: DEFAULT_POLICY }));

test("The necessities of all items at once are those measured one by one", () => {
  fc.assert(
    fc.property(fc.oneof(randomQuestion({ items: 9, firms: 4 }), dense), ({ rows, targets, policy }) => {
      const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
      const structure = structureOf(scenario);
      const reach = reachOf(structure, scenario.targets);
      const measure = necessityMeter(scenario, structure, reach);
      const values = necessities(structure, reach, scenario.targets);
      for (let node = 0; node < structure.nodes; node += 1) expect(values[node]).toBeCloseTo(measure(node), 9);
    }),
    RUNS,
  );
});
