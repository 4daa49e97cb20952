import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import type { AnalysisName, RequestOf } from "../../graph/analyst/analyses.ts";
import { buildNetwork } from "../../graph/projection/build.ts";
import { rowsOf } from "./rows-of.ts";

/** A network in which every analysis has something to say. */
export const SAMPLE_NETWORK = buildNetwork(
  rowsOf({
    items: { scanner: { category: "EQUIPMENT" }, resist: { category: "MATERIAL" } },
    firms: { leader: "CN 泉州", asml: "NL", kla: "US", jsr: "JP" },
    offers: [
      ["leader", "chip"],
      ["asml", "scanner", { share: 0.9 }],
      ["kla", "inspection"],
      ["jsr", "resist", { cost: 3 }],
    ],
    requires: [
      ["chip", "scanner"],
      ["chip", "resist"],
      ["scanner", "inspection"],
    ],
  }),
  7,
);

const question = { targets: ["leader"], policy: DEFAULT_POLICY };

/** A request of each analysis on that network: an analysis without one is an error of types. */
export const SAMPLE_REQUESTS: { readonly [Name in AnalysisName]: RequestOf<Name> } = {
  gaps: question,
  gapCauses: { ...question, gaps: [{ item: "inspection", path: ["chip", "scanner", "inspection"] }] },
  substitution: { ...question, k: 2, distinctBy: "FIRM", objective: "COST" },
  exposure: { ...question, jurisdictions: ["US"] },
  localization: question,
  recruitment: { ...question, budget: 2, suggest: ["FIRM", "ITEM"], named: [], landed: [] },
  diff: { ...question, otherPolicy: { ...DEFAULT_POLICY, restricted: ["US", "JP"] } },
  closure: { ...question, first: 10, withSubgraph: true },
  concentration: { ...question, first: 10 },
  disruption: { ...question, removed: ["NL"] },
  disruptionRanking: { ...question, first: 10 },
  blockingSets: { ...question, ground: "FIRM", maxSize: 2 },
  closeness: {
    ...question,
    items: ["resist"],
    places: [{ item: "resist", stage: "stage", chain: "chain", pillar: null, cluster: null }],
  },
};
