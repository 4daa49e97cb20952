import type { PlanStep } from "../analysis/plan-steps.ts";
import type { Substitution } from "../analysis/substitution.ts";
import type { Network } from "../projection/network.ts";
import type { Citations } from "./citations.ts";
import { offerFacts, orItself, providersOf } from "./offer-facts.ts";
import type { Section } from "./report.ts";
import { type Cell, named, namedFew, type Row, type Statement, type Tone, words } from "./table.ts";
import { CHANGE_WORDS, OPTIMALITY_WORDS, REASON_WORDS, REGION_WORDS, VERDICT_WORDS, WAY_WORDS } from "./words.ts";

const SHOWN_TODAY = 4;
const CHANGE_ORDER = ["SWITCH", "NEW", "UNKNOWN", "KEEP", "IN_HOUSE"] as const;
const CHANGE_TONES: Partial<Readonly<Record<PlanStep["change"], Tone>>> = { SWITCH: "good", NEW: "good" };

/** 替代清单: the plan, or what blocks it, what would complete it and the plan then. */
export function substitutionSection(network: Network, citations: Citations, found: Substitution): Section {
  const plan = found.plans[0] ?? found.afterCompletion;
  const rowOf = (step: PlanStep): Row => {
    const isGhost = step.way === "GHOST";
    const facts = offerFacts(network, [
      ...(step.offer === null ? [] : [step.offer]),
      ...step.today.offers.slice(0, SHOWN_TODAY),
    ]);
    const tone = isGhost ? "danger" : CHANGE_TONES[step.change];
    return {
      cells: [
        named(step.item),
        namedFew(providersOf(network, step.today.offers), SHOWN_TODAY),
        named(step.firm) ?? WAY_WORDS[step.way],
        named(step.jurisdiction),
        step.region === null ? null : REGION_WORDS[step.region],
        CHANGE_WORDS[step.change],
        REASON_WORDS[step.reason],
        step.assumed ? words("含假设", "rests on an assumption") : null,
      ],
      facts: citations.cite(orItself(facts, step.item)),
      ...(tone !== undefined && { tone }),
    };
  };
  const rank = (step: PlanStep): number => (step.way === "GHOST" ? -1 : CHANGE_ORDER.indexOf(step.change));
  const steps = [...(plan?.steps ?? [])].sort((a, b) => rank(a) - rank(b));
  return {
    name: "SUBSTITUTION",
    statements: [
      say("有无不含受限来源的方案", "Plan without restricted sources", VERDICT_WORDS[found.verdict]),
      ...(found.plans.length > 0 ? [] : blockers(found)),
      ...(plan === undefined || plan === null
        ? []
        : [
            say(
              "方案成本",
              "Cost of the plan",
              words(
                `${plan.cost}（下界${plan.lowerBound}，${OPTIMALITY_WORDS[plan.optimality].zh}；${plan.costKnown.total}项中${plan.costKnown.known}项成本有记录，其余各按1计）`,
                `${plan.cost} (bound ${plan.lowerBound}, ${OPTIMALITY_WORDS[plan.optimality].en}; ${plan.costKnown.known} of ${plan.costKnown.total} costs recorded, the others count 1 each)`,
              ),
            ),
          ]),
    ],
    tables: [
      {
        title:
          found.plans.length > 0
            ? words("替代清单", "Substitution")
            : words("替代清单（补链之后的方案）", "Substitution (plan after completion)"),
        note: words(
          "逐项列出现用来源与替代来源，需更换者在前；现用来源为有采购记录的供应商，没有记录时为市场主要供应商。",
          "Today's source and the substitute of each item, changes first. Today's: those on record, else the market's main ones.",
        ),
        columns: [
          words("物项", "Item"),
          words("现用来源", "Today"),
          words("替代来源", "Substitute"),
          words("国别", "Jurisdiction"),
          words("区域", "Region"),
          words("变化", "Change"),
          words("理由", "Reason"),
          words("备注", "Remark"),
        ],
        rows: steps.map(rowOf),
        empty: words("没有方案可列。", "There is no plan to list."),
      },
    ],
  };
}

function blockers({ roots, completion, blockingItems }: Substitution): readonly Statement[] {
  const sets = blockingItems?.sets.filter((set) => set.length > 0) ?? [];
  return [
    say("失败的根源", "Roots of the failure", { ids: roots }),
    ...sets.slice(0, 10).map((set) => say("阻断项（不补上即无方案）", "Blocks unless supplied", { ids: set })),
    say(
      "最小补链组合",
      "Completion",
      completion === null
        ? words("补任何可补的物项都不足以形成方案", "nothing that may be developed would do")
        : { ids: completion.items },
    ),
    ...(completion === null ? [] : [say("已证最小", "Proven smallest", completion.exact)]),
  ];
}

function say(zh: string, en: string, value: Cell): Statement {
  return { label: words(zh, en), value };
}
