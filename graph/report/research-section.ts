import type { Gap } from "../analysis/gaps.ts";
import type { GapResources, ResourceMatch } from "../analysis/resources.ts";
import { KINDS, RELATIONSHIPS } from "../ontology.ts";
import type { Citations, FactKey } from "./citations.ts";
import type { Section } from "./report.ts";
import { named, namedFew, type Row, words } from "./table.ts";
import { gapTypeWords, SCOPE_WORDS } from "./words.ts";

const SHOWN = 6;
const MONEY = ["Fund", "Bank"];

/** 攻关清单: who works on each gap, on which nobody does, and what serves the whole chain. */
export function researchSection(
  citations: Citations,
  { gaps, resources }: { readonly gaps: readonly Gap[]; readonly resources: readonly GapResources[] },
): Section {
  const found = new Map(resources.map((each) => [each.item, each]));
  const rowOf = (gap: Gap): Row => {
    const { matches, orphan, unfunded } = found.get(gap.item)!;
    const near = matches.filter(isNear);
    const [money, workers] = [near.filter(bringsMoney), near.filter((match) => !bringsMoney(match))];
    const facts: readonly FactKey[] = near.slice(0, SHOWN).map(factOf);
    return {
      cells: [
        named(gap.item),
        gapTypeWords(gap.types, gap.possible),
        gap.score ?? words("未知", "unknown"),
        orphan ? words("无人攻关", "nobody works on it") : words("有人攻关", "worked on"),
        namedFew(
          workers.map(({ resource }) => resource),
          SHOWN,
        ),
        unfunded
          ? words("无资金", "no money")
          : namedFew(
              money.map(({ resource }) => resource),
              SHOWN,
            ),
      ],
      facts: citations.cite(facts.length > 0 ? facts : [{ entity: gap.item }]),
      ...(orphan && { tone: "danger" as const }),
    };
  };
  const orphans = resources.filter(({ orphan }) => orphan).length;
  const unfunded = resources.filter((each) => each.unfunded).length;
  return {
    name: "RESEARCH",
    statements: [
      { label: words("缺口", "Gaps"), value: gaps.length },
      { label: words("无人攻关", "Nobody works on"), value: orphans },
      { label: words("无资金", "Without money"), value: unfunded },
    ],
    tables: [
      {
        title: words("攻关清单", "Who works on each gap"),
        note: words(
          "只计针对物项本身、其门类或变体的机构、团队、项目与研制企业；面向环节、产业链或全集群的资源另列。",
          "Counts who works on the item itself, its class or a variant; what serves a stage, the chain or the whole cluster is listed below.",
        ),
        columns: [
          words("物项", "Item"),
          words("缺口类型", "Type"),
          words("缺口分", "Score"),
          words("状态", "State"),
          words("攻关力量", "Who works on it"),
          words("资金", "Money"),
        ],
        rows: gaps.map(rowOf),
        empty: words("没有缺口需要攻关。", "There are no gaps to work on."),
      },
      {
        title: words("面向环节、产业链或全集群的资源", "Resources for a stage, the chain or the cluster"),
        columns: [
          words("资源", "Resource"),
          words("类别", "Kind"),
          words("作用", "Acts by"),
          words("对象", "On"),
          words("范围", "Scope"),
          words("涉及缺口", "Gaps"),
        ],
        rows: wideRows(citations, resources),
        empty: words("没有记录。", "None is recorded."),
      },
    ],
  };
}

function wideRows(citations: Citations, resources: readonly GapResources[]): readonly Row[] {
  const wide = new Map<string, { readonly match: ResourceMatch; readonly gaps: number }>();
  for (const match of resources.flatMap(({ matches }) => matches)) {
    if (isNear(match)) continue;
    const known = wide.get(match.relationship);
    wide.set(match.relationship, { match: known?.match ?? match, gaps: (known?.gaps ?? 0) + 1 });
  }
  return [...wide.values()].map(({ match, gaps }) => ({
    cells: [
      named(match.resource),
      KINDS[match.kind],
      RELATIONSHIPS[match.type],
      named(match.via),
      SCOPE_WORDS[match.scope],
      gaps,
    ],
    facts: citations.cite([factOf(match)]),
  }));
}

function isNear({ scope }: ResourceMatch): boolean {
  return scope === "ITEM" || scope === "CLASS";
}

function bringsMoney({ kind, type }: ResourceMatch): boolean {
  return MONEY.includes(kind) || (kind === "Policy" && type === "FUNDS");
}

function factOf({ relationship, resource }: ResourceMatch): FactKey {
  return { id: relationship, from: resource };
}
