import type { Policy } from "../analysis/policy.ts";
import type { AnalysisName, AnswerOf, RequestOf } from "../analyst/analyses.ts";
import { gapResources } from "../explore/gap-resources.ts";
import { recruitmentSuppliers } from "../explore/recruitment-suppliers.ts";
import type { Network } from "../projection/network.ts";
import type { GraphStore } from "../store/store.ts";
import { type ChainMap, chainMap } from "./chain-map.ts";
import { Citations } from "./citations.ts";
import { factSection, sourceSection } from "./fact-section.ts";
import { gapSection } from "./gap-section.ts";
import { type Names, readNames } from "./names.ts";
import { policyStatements } from "./policy-statements.ts";
import { recruitmentSection } from "./recruitment-section.ts";
import { researchSection } from "./research-section.ts";
import { substitutionSection } from "./substitution-section.ts";
import { summaryStatements } from "./summary-statements.ts";
import { idsOf, type Statement, type Table } from "./table.ts";

/** One list of a report with what there is to say before it. */
export interface Section {
  readonly name: "GAPS" | "SUBSTITUTION" | "RECRUITMENT" | "RESEARCH" | "FACTS" | "SOURCES";
  readonly statements: readonly Statement[];
  readonly tables: readonly Table[];
}

/** The committee's document: a map and lists, every row with the facts it rests on. Not yet in any format. */
export interface Report {
  /** Id of a firm, chain or item. */
  readonly target: string;
  readonly policy: Policy;
  /** Of the graph. */
  readonly version: number;
  /** When it was made: YYYY-MM-DD. */
  readonly day: string;
  readonly summary: readonly Statement[];
  readonly policyStatements: readonly Statement[];
  readonly map: ChainMap;
  readonly sections: readonly Section[];
  readonly names: Names;
}

export interface ReportQuestion {
  readonly target: string;
  readonly policy: Policy;
  /** What may be spent on recruitment, in the unit of the costs; an unknown cost counts 1. */
  readonly budget: number;
  readonly day: string;
}

/** Where a report has its answers from. */
export interface ReportDesk {
  readonly store: GraphStore;
  readonly network: Network;
  readonly signal: AbortSignal;
  ask<Name extends AnalysisName>(name: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>>;
}

/** Gaps of one report; what there are more is counted. */
const MOST_GAPS = 500;

/**
 * Asks everything that a report of one target needs, under one policy and on one version of the network. Rejects with the
 * `GraphError` of an analysis (BAD_INPUT for an unknown target …).
 */
export async function gatherReport(desk: ReportDesk, asked: ReportQuestion): Promise<Report> {
  const { store, network, signal } = desk;
  const { target, policy, budget, day } = asked;
  const question = { targets: [target], policy };
  const gaps = await desk.ask("gaps", question);
  const shown = gaps.gaps.slice(0, MOST_GAPS);
  const causes = await desk.ask("gapCauses", { ...question, gaps: shown.map(({ item, path }) => ({ item, path })) });
  const substitution = await desk.ask("substitution", { ...question, k: 1, distinctBy: "OFFER", objective: "COST" });
  const localization = await desk.ask("localization", question);
  const exposure = await desk.ask("exposure", { ...question, jurisdictions: policy.restricted });
  const suggest = ["FIRM", "PROJECT", "ITEM"] as const;
  const suppliers = await recruitmentSuppliers(
    store,
    { network, policy },
    { suggest, suppliers: [], landed: [] },
    { signal },
  );
  const recruitment = await desk.ask("recruitment", { ...question, budget, suggest, ...suppliers });
  const resources = await gapResources(
    store,
    {
      policy,
      chains: network.chains.map(({ id }) => id),
      closeness: (items, places) => desk.ask("closeness", { ...question, items, places }),
    },
    shown.map(({ item }) => item),
    { signal },
  );

  const citations = new Citations();
  const lists = [
    gapSection(network, citations, { report: gaps, shown, causes }),
    substitutionSection(network, citations, substitution),
    recruitmentSection(network, citations, recruitment),
    researchSection(citations, { gaps: shown, resources }),
  ];
  const { facts, sources } = await citations.read(store, { signal });
  const summary = summaryStatements({ gaps, substitution, localization, exposure });
  const policies = policyStatements(policy);
  const map = chainMap({ gaps, substitution });
  const ends = facts.flatMap(({ record }) =>
    record === null ? [] : "from" in record ? [record.from, record.to] : [record.id],
  );
  const cells = [
    ...[...summary, ...policies, ...lists.flatMap(({ statements }) => statements)].map(({ value }) => value),
    ...lists.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells))),
  ];
  const ids = new Set([target, ...map.nodes.map(({ id }) => id), ...ends, ...cells.flatMap(idsOf)]);
  const names = await readNames(store, network, ids, { signal });
  const appendix = [factSection(facts, sources, names), sourceSection(sources)];
  return {
    target,
    policy,
    version: network.version,
    day,
    summary,
    policyStatements: policies,
    map,
    sections: [...lists, ...appendix],
    names,
  };
}
