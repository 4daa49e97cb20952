import type { Coverage } from "../../graph/analysis/coverage.ts";
import type { Gap } from "../../graph/analysis/gaps.ts";
import type { Measures } from "../../graph/analysis/holders.ts";
import type { PlanStep } from "../../graph/analysis/plan-steps.ts";
import type { AnswerOf } from "../../graph/analyst/analyses.ts";
import { type Cell, named, rows, type Statement, type Table, words } from "../../graph/report/table.ts";
import {
  BASIS_WORDS,
  CANDIDATE_WORDS,
  CHANGE_WORDS,
  gapTypeWords,
  OPTIMALITY_WORDS,
  REASON_WORDS,
  STRATEGY_WORDS,
  VERDICT_WORDS,
  WAY_WORDS,
} from "../../graph/report/words.ts";
import type { AskedAnalysis } from "./analysis-requests.ts";

/** An answer as people read it on a terminal. */
export interface AnswerTables {
  readonly statements: readonly Statement[];
  readonly tables: readonly Table[];
}

const ITEM = words("物项", "item");
const TYPE = words("类型", "type");
const SCORE = words("缺口分", "score");
const TIER = words("层", "tier");
const LOSS = words("失产出", "loss");
const FIRM = words("企业", "firm");
const SHARE = words("直接份额", "direct share");
const STOPPED = words("停产占比", "stopped");

/** How each answer is shown: its figures, then its lists. */
export const TABLES: { readonly [Name in AskedAnalysis]: (answer: AnswerOf<Name>) => AnswerTables } = {
  gaps: ({ verdict, freeToTier, gaps, unrecorded, coverage }) => ({
    statements: [
      say(words("不用受限来源能否生产", "possible without restricted sources"), VERDICT_WORDS[verdict]),
      say(words("前几层不受限", "free to tier"), freeToTier ?? words("全部", "all")),
      ...covered(coverage),
    ],
    tables: [gapTable(words("缺口", "Gaps"), gaps), gapTable(words("来源未记录", "Source not recorded"), unrecorded)],
  }),

  substitution: ({ verdict, plans, roots, completion, blockingItems, afterCompletion, coverage }) => ({
    statements: [
      say(words("有无方案", "plan"), VERDICT_WORDS[verdict]),
      ...(plans.length > 0
        ? []
        : [
            say(words("根源", "roots"), { ids: roots }),
            say(words("最小补链组合", "completion"), completion === null ? null : { ids: completion.items }),
            say(
              words("阻断项", "blocking items"),
              (blockingItems?.sets ?? []).map((set) => `{${set.join(", ")}}`).join(" "),
            ),
          ]),
      ...covered(coverage),
    ],
    tables: [
      ...plans.map((plan, rank) => planTable(words(`方案${rank + 1}`, `Plan ${rank + 1}`), plan)),
      ...(afterCompletion === null
        ? []
        : [planTable(words("补链之后的方案", "Plan after completion"), afterCompletion)]),
    ],
  }),

  exposure: ({ jurisdictions, directShare, gradedLoss, outputLeft, items, coverage }) => ({
    statements: [
      say(words("国家/地区", "jurisdictions"), { ids: jurisdictions }),
      say(SHARE, directShare),
      say(LOSS, gradedLoss),
      say(words("剩余产出", "output left"), outputLeft),
      ...covered(coverage),
    ],
    tables: [
      {
        title: words("受影响的物项", "Items that lose"),
        columns: [ITEM, words("深度", "depth"), SHARE, LOSS, words("经由", "via")],
        rows: rows(
          items.map((each) => [named(each.item), each.depth, each.directShare, each.gradedLoss, named(each.via)]),
        ),
      },
    ],
  }),

  localization: ({ rate, basis, categoryCoverage, items, coverage }) => ({
    statements: [
      say(words("国产化率", "localisation rate"), rate),
      say(words("口径", "basis"), BASIS_WORDS[basis]),
      say(
        words("品类覆盖", "items with a domestic offer"),
        `${categoryCoverage.withDomestic}/${categoryCoverage.total}`,
      ),
      ...covered(coverage),
    ],
    tables: [
      {
        title: words("物项国产化率", "Localisation rate by item"),
        columns: [ITEM, words("国产化率", "rate"), words("权重", "weight"), words("已知份额", "known share")],
        rows: rows(items.map((each) => [named(each.item), each.rate, each.weight, each.knownShare])),
      },
    ],
  }),

  closure: ({ items, totalCount, coverage }) => ({
    statements: [say(words("物项数", "items"), totalCount), ...(coverage === null ? [] : covered(coverage))],
    tables: [
      {
        title: words("上游闭包", "What it needs"),
        columns: [
          ITEM,
          TIER,
          words("步", "step"),
          words("与/或", "role"),
          words("用于", "needed for"),
          words("供应国别", "suppliers in"),
        ],
        rows: rows(
          items.map((each) => [
            named(each.item),
            each.tier,
            each.depth,
            each.role,
            named(each.neededFor),
            each.jurisdictions.join(" "),
          ]),
        ),
      },
    ],
  }),

  concentration: ({ items, totalCount, coverage }) => ({
    statements: [say(words("物项数", "items"), totalCount), ...covered(coverage)],
    tables: [
      {
        title: words("集中度", "Concentration"),
        columns: [ITEM, ...measureColumns("国别", "jurisdiction"), ...measureColumns("企业", "firm")],
        rows: rows(items.map((each) => [named(each.item), ...measures(each.byJurisdiction), ...measures(each.byFirm)])),
      },
    ],
  }),

  disruption: ({ removed, stoppedWeight, gradedLoss, outputLeft, stops, losses, coverage }) => ({
    statements: [
      say(words("断供对象", "fails"), { ids: removed }),
      say(STOPPED, stoppedWeight),
      say(LOSS, gradedLoss),
      say(words("剩余产出", "output left"), outputLeft),
      ...covered(coverage),
    ],
    tables: [
      {
        title: words("停供的物项", "What stops"),
        columns: [ITEM, FIRM, TIER, words("步", "step")],
        rows: rows(stops.map((stop) => [named(stop.item), named(stop.firm), stop.tier, stop.step])),
      },
      {
        title: words("减产的物项", "What loses output"),
        columns: [ITEM, SHARE, LOSS, words("经由", "via")],
        rows: rows(losses.map((each) => [named(each.item), each.directShare, each.gradedLoss, named(each.via)])),
      },
    ],
  }),

  disruptionRanking: ({ failures, totalCount, coverage }) => ({
    statements: [say(words("比较的对象", "compared"), totalCount), ...covered(coverage)],
    tables: [
      {
        title: words("单点失效排序", "Single failures"),
        columns: [words("对象", "what fails"), STOPPED, words("停供数", "stops"), LOSS, words("路径", "path")],
        rows: rows(
          failures.map(({ id, stoppedWeight, stops, gradedLoss, path }) => [
            named(id),
            stoppedWeight,
            stops,
            gradedLoss,
            { ids: path },
          ]),
        ),
      },
    ],
  }),

  blockingSets: ({ sets, stoppedBy, coverage }) => ({
    statements: [
      say(words("是否全部", "complete"), stoppedBy === null ? words("全部", "all of any size") : stoppedBy),
      ...covered(coverage),
    ],
    tables: [
      {
        title: words("最小阻断组合", "Minimal blocking sets"),
        columns: [words("组合", "set"), STOPPED, words("路径", "path")],
        rows: rows(sets.map(({ members, stoppedWeight, path }) => [{ ids: members }, stoppedWeight, { ids: path }])),
      },
    ],
  }),

  recruitment: ({ available, cost, strategy, exact, landed, picks, remaining, coverage }) => ({
    statements: [
      say(words("可得产出：现在", "available now"), available.before),
      say(words("可得产出：引进后", "available after"), available.after),
      say(words("花费", "cost"), cost),
      say(words("方法", "strategy"), STRATEGY_WORDS[strategy]),
      say(words("已证最优", "proven best"), exact),
      ...covered(coverage),
    ],
    tables: [
      ...(landed.length === 0 ? [] : [pickTable(words("已落地", "Landed"), landed)]),
      pickTable(words("建议引进", "Whom to recruit"), picks),
      gapTable(words("之后仍有的缺口", "Gaps that remain"), remaining),
    ],
  }),

  diff: ({ verdict, policyFields, gaps, plan, exposure, localization }) => ({
    statements: [
      say(words("不同的口径", "policy fields that differ"), policyFields.join(", ")),
      say(words("判定：前", "verdict before"), VERDICT_WORDS[verdict.before]),
      say(words("判定：后", "verdict after"), VERDICT_WORDS[verdict.after]),
      say(words("失产出：前", "loss before"), exposure.before.gradedLoss),
      say(words("失产出：后", "loss after"), exposure.after.gradedLoss),
      say(words("国产化率：前", "localisation before"), localization.before.rate),
      say(words("国产化率：后", "localisation after"), localization.after.rate),
      say(words("补链：前", "completion before"), completed(plan.completionBefore)),
      say(words("补链：后", "completion after"), completed(plan.completionAfter)),
    ],
    tables: [
      {
        title: words("缺口的变化", "Gaps that changed"),
        columns: [ITEM, words("变化", "change"), words("前", "before"), words("后", "after"), words("起因", "causes")],
        rows: rows(
          gaps.map(({ item, change, before, after, causes }) => [
            named(item),
            GAP_CHANGES[change],
            before === null ? null : gapTypeWords(before.types, before.possible),
            after === null ? null : gapTypeWords(after.types, after.possible),
            { ids: [...new Set(causes.flatMap(({ from }) => from ?? []))] },
          ]),
        ),
      },
    ],
  }),
};

const GAP_CHANGES = {
  APPEARED: words("新出现", "appeared"),
  CLOSED: words("消除", "closed"),
  CHANGED: words("改变", "changed"),
} as const;

function say(label: Statement["label"], value: Cell): Statement {
  return { label, value };
}

function covered({ items, surveyed, offers, offersWithShare, assumed }: Coverage): readonly Statement[] {
  return [
    say(
      words("数据覆盖", "coverage"),
      words(
        `${items}个物项中${surveyed}个有记录；${offers}条供应中${offersWithShare}条有份额；假设${assumed}条`,
        `${surveyed} of ${items} items recorded; ${offersWithShare} of ${offers} offers with a share; ${assumed} assumed`,
      ),
    ),
  ];
}

function gapTable(title: Table["title"], gaps: readonly Gap[]): Table {
  return {
    title,
    columns: [ITEM, TYPE, SCORE, TIER, words("可用/受限", "admissible/restricted"), words("根源", "roots")],
    rows: rows(
      gaps.map(({ item, types, possible, score, tier, offers, roots }) => [
        named(item),
        gapTypeWords(types, possible),
        score,
        tier,
        `${offers.admissible}/${offers.restricted}`,
        { ids: roots },
      ]),
    ),
  };
}

function planTable(title: Table["title"], plan: AnswerOf<"substitution">["plans"][number]): Table {
  const { cost, lowerBound, optimality, steps } = plan;
  const proof = OPTIMALITY_WORDS[optimality];
  return {
    title: words(
      `${title.zh}：成本 ${cost}（下界 ${lowerBound}，${proof.zh}）`,
      `${title.en}: cost ${cost} (bound ${lowerBound}, ${proof.en})`,
    ),
    columns: [
      ITEM,
      words("来源", "source"),
      words("国别", "jurisdiction"),
      words("变化", "change"),
      words("理由", "reason"),
    ],
    rows: rows(
      steps.map((step) => [
        named(step.item),
        sourceOf(step),
        named(step.jurisdiction),
        CHANGE_WORDS[step.change],
        REASON_WORDS[step.reason],
      ]),
    ),
  };
}

function sourceOf({ firm, way }: PlanStep): Cell {
  return named(firm) ?? WAY_WORDS[way];
}

function pickTable(title: Table["title"], picks: AnswerOf<"recruitment">["picks"]): Table {
  return {
    title,
    columns: [
      words("对象", "who"),
      words("方式", "how"),
      words("花费", "cost"),
      words("恢复产出", "restores"),
      words("潜力", "potential"),
      words("补上的缺口", "closes"),
    ],
    rows: rows(
      picks.map(({ candidate, gain, closes }) => [
        named(candidate.id),
        CANDIDATE_WORDS[candidate.kind],
        candidate.costKnown ? candidate.cost : words("未知，按1计", "unknown, counts 1"),
        gain.restored,
        gain.potential,
        { ids: closes.map(({ item }) => item) },
      ]),
    ),
  };
}

function completed(completion: { readonly items: readonly string[] } | null): Cell {
  return completion === null ? null : { ids: completion.items };
}

function measureColumns(zh: string, en: string) {
  return [words(`HHI（${zh}）`, `HHI by ${en}`), words("最大份额", "largest"), words("占75%的家数", "n75")];
}

function measures(found: Measures | null): readonly Cell[] {
  if (found === null) return [null, null, null];
  const { hhi, cr1, n75 } = found;
  return [hhi, cr1, n75.high === null ? `≥${n75.low}` : { low: n75.low, high: n75.high }];
}
