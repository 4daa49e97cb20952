import type { ResourceScope } from "../analysis/closeness.ts";
import type { GapType } from "../analysis/gap-types.ts";
import type { Optimality } from "../analysis/plan.ts";
import type { PlanReason } from "../analysis/plan-reason.ts";
import type { PlanChange, StepWay } from "../analysis/plan-steps.ts";
import type { AttributionBasis, Unknowns } from "../analysis/policy.ts";
import type { CandidateKind } from "../analysis/recruitment-candidates.ts";
import type { RecruitmentStrategy } from "../analysis/recruitment-strategies.ts";
import type { SupplyRegion } from "../analysis/regions.ts";
import type { VerdictValue } from "../analysis/verdict.ts";
import { type Bilingual, ENUMS } from "../ontology.ts";
import { words } from "./table.ts";

type WordsOf<Value extends string> = Readonly<Record<Value, Bilingual>>;

/** What the values of the analyses are called where people read them. */
export const VERDICT_WORDS: WordsOf<VerdictValue> = {
  YES: words("能", "yes"),
  NO: words("不能", "no"),
  UNKNOWN: words("未定", "undecided"),
};

export const GAP_WORDS: WordsOf<GapType> = {
  UNSURVEYED: words("未调查", "unsurveyed"),
  MISSING: words("断点", "missing"),
  CHOKEPOINT: words("卡脖子", "chokepoint"),
  DEPENDENT: words("受制", "dependent"),
  SINGLE_SOURCE: words("单点", "single source"),
  SINGLE_JURISDICTION: words("同源", "single jurisdiction"),
  CONCENTRATED: words("堵点", "concentrated"),
  NOT_LOCAL: words("外购", "not local"),
  UNRECORDED_SOURCE: words("来源未记录", "source not recorded"),
};

export const CHANGE_WORDS: WordsOf<PlanChange> = {
  KEEP: words("不变", "keep"),
  SWITCH: words("更换", "switch"),
  NEW: words("新增", "new"),
  IN_HOUSE: words("内部", "in house"),
  UNKNOWN: words("未知", "unknown"),
};

export const WAY_WORDS: WordsOf<StepWay> = {
  OFFER: words("采购", "bought"),
  EXTRA_OFFER: words("假设新增的供应", "supposed supply"),
  OWN_OFFER: words("自产", "own output"),
  VARIANT: words("选用一种变体", "by a variant"),
  ALL_VARIANTS: words("全部变体", "by all variants"),
  UNSTATED_VARIANT: words("未说明变体的供应", "supply of an unstated variant"),
  IN_HOUSE: words("内部完成", "made in house"),
  UNRECORDED: words("没有记录来源，按可得处理", "no source recorded, taken as available"),
  GHOST: words("待研制或引进", "to be developed or recruited"),
};

export const REASON_WORDS: WordsOf<PlanReason> = {
  ONLY_WAY: words("唯一可行", "only way"),
  CHEAPEST: words("成本最低", "cheapest"),
  CHEAPER_UPSTREAM: words("上游成本更低", "cheaper upstream"),
  SHORTER_LEAD_TIME: words("交期更短", "shorter lead time"),
  PREFERRED_REGION: words("区域优先", "preferred region"),
  HIGHER_READINESS: words("更成熟", "more mature"),
  LARGER_SHARE: words("份额更大", "larger share"),
  TIE_BY_ID: words("条件相同，按编号取", "equal, first by id"),
  ALTERNATIVE: words("与前一方案不同", "differs from the best plan"),
};

export const REGION_WORDS: WordsOf<SupplyRegion> = {
  LOCAL: words("本地", "local"),
  DOMESTIC: words("国内", "domestic"),
  EAST_ASIA: words("台日韩", "East Asia"),
  EUROPE: words("欧洲", "Europe"),
  SOUTH_EAST_ASIA: words("东南亚", "South-East Asia"),
  OTHER: words("其他", "elsewhere"),
};

export const SCOPE_WORDS: WordsOf<ResourceScope> = {
  ITEM: words("针对本项", "for the item"),
  CLASS: words("针对同类", "for its class"),
  STAGE: words("针对环节", "for its stage"),
  CHAIN: words("针对产业链", "for the chain"),
  FIRM: words("针对企业", "for a firm"),
  PILLAR: words("针对支柱产业", "for the pillar"),
  CLUSTER: words("针对全集群", "for the cluster"),
};

export const CANDIDATE_WORDS: WordsOf<CandidateKind> = {
  FIRM: words("引进企业", "firm to recruit"),
  PROJECT: words("落地项目", "project to land"),
  SUPPLIER: words("指定供应商", "named supplier"),
  ITEM: words("组织研制", "item to develop"),
};

export const STRATEGY_WORDS: WordsOf<RecruitmentStrategy> = {
  POTENTIAL_PER_COST: words("单位成本潜力最大", "most potential per cost"),
  RESTORED_PER_COST: words("单位成本恢复产出最多", "most restored per cost"),
  BEST_SINGLE: words("最佳单项优先", "best single one first"),
  COMPLETION_BUNDLE: words("最省的补链组合", "cheapest completion"),
  ENUMERATION: words("全部组合比较", "all sets compared"),
};

export const OPTIMALITY_WORDS: WordsOf<Optimality> = {
  EXACT: words("已证最优", "proven best"),
  UPPER_BOUND: words("未证最优", "not proven best"),
};

export const BASIS_WORDS: WordsOf<AttributionBasis> = {
  HQ: words("按总部", "by headquarters"),
  SITE: words("按产地", "by site"),
  CONTROL: words("按控制方", "by who controls it"),
};

export const UNKNOWN_WORDS: WordsOf<Unknowns> = {
  ALLOW: words("按可用", "taken as usable"),
  DENY: words("按不可用", "taken as not usable"),
};

/** How mature an offer is. */
export function readinessWords(value: string | null): Bilingual | null {
  return Object.entries(ENUMS.Readiness).find(([name]) => name === value)?.[1] ?? null;
}

/** Types joined, the primary one first; a possible one with a question mark. */
export function gapTypeWords(types: readonly GapType[], possible: readonly GapType[] = []): Bilingual {
  const all = [...types, ...possible.filter((type) => !types.includes(type))];
  const signed = (language: keyof Bilingual) =>
    all.map((type) => `${GAP_WORDS[type][language]}${possible.includes(type) ? "?" : ""}`);
  return words(signed("zh").join("、"), signed("en").join(", "));
}
