import type { Exposure } from "../analysis/exposure.ts";
import { GAP_TYPES } from "../analysis/gap-types.ts";
import type { GapReport } from "../analysis/gaps.ts";
import type { Localization } from "../analysis/localization.ts";
import type { Substitution } from "../analysis/substitution.ts";
import { type Cell, type Statement, words } from "./table.ts";
import { BASIS_WORDS, GAP_WORDS, VERDICT_WORDS } from "./words.ts";

/** 结论: the figures of a report on one page, with what they rest on. */
export function summaryStatements({
  gaps,
  substitution,
  localization,
  exposure,
}: {
  readonly gaps: GapReport;
  readonly substitution: Substitution;
  readonly localization: Localization;
  readonly exposure: Exposure;
}): readonly Statement[] {
  const counts = GAP_TYPES.map((type) => ({
    type,
    count: gaps.gaps.filter(({ types }) => types[0] === type).length,
  })).filter(({ count }) => count > 0);
  const counted = (language: "zh" | "en", separator: string) =>
    counts.map(({ type, count }) => `${GAP_WORDS[type][language]} ${count}`).join(separator);
  const { items, surveyed, offers, offersWithShare, assumed } = gaps.coverage;
  const { withDomestic, total } = localization.categoryCoverage;
  const { freeToTier } = gaps;
  return [
    say("不用受限来源能否生产", "Possible without restricted sources", VERDICT_WORDS[gaps.verdict]),
    say(
      "不受限的采购层数",
      "Purchase tiers free of restriction",
      freeToTier ?? words("追溯到底", "all the way upstream"),
    ),
    say(
      "缺口（按首要类型）",
      "Gaps (by primary type)",
      words(`共 ${gaps.gaps.length}：${counted("zh", "，")}`, `${gaps.gaps.length}: ${counted("en", ", ")}`),
    ),
    ...(substitution.completion === null
      ? []
      : [say("最小补链组合", "Smallest completion", { ids: substitution.completion.items })]),
    say(
      "国产化率",
      "Localisation rate",
      words(
        `${percent(localization.rate)}（${BASIS_WORDS[localization.basis].zh}）`,
        `${percent(localization.rate)} (${BASIS_WORDS[localization.basis].en})`,
      ),
    ),
    say("有境内可用来源的物项", "Items with a domestic source", `${withDomestic} / ${total}`),
    say("受限来源的直接份额", "Direct share of restricted sources", percent(exposure.directShare)),
    say("断供即失产出", "Output lost if they fall away", percent(exposure.gradedLoss)),
    say(
      "数据覆盖",
      "Coverage",
      words(
        `${items} 个物项中 ${surveyed} 个有记录；${offers} 条供应中 ${offersWithShare} 条有份额；假设 ${assumed} 条`,
        `${surveyed} of ${items} items recorded; ${offersWithShare} of ${offers} offers with a share; ${assumed} assumed facts`,
      ),
    ),
  ];
}

function percent({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [Math.round(1_000 * low) / 10, Math.round(1_000 * high) / 10];
  return from === to ? `${from} %` : `${from}–${to} %`;
}

function say(zh: string, en: string, value: Cell): Statement {
  return { label: words(zh, en), value };
}
