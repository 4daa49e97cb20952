import type { Policy } from "../analysis/policy.ts";
import { ENUMS } from "../ontology.ts";
import { type Cell, type Statement, words } from "./table.ts";
import { BASIS_WORDS, REGION_WORDS, UNKNOWN_WORDS } from "./words.ts";

/** 口径: what a policy says, field by field. */
export function policyStatements(policy: Policy): readonly Statement[] {
  const regions = (language: "zh" | "en") =>
    policy.preferredRegions.map((region) => REGION_WORDS[region][language]).join(" > ");
  return [
    say("受限国家/地区", "Restricted jurisdictions", { ids: policy.restricted }),
    say("穿透股权", "Owners count", policy.ownership),
    say("控制比例", "Control from a stake of", policy.ownershipThreshold),
    say("份额归属", "Shares count", BASIS_WORDS[policy.basis]),
    say("最低成熟度", "Least readiness", ENUMS.Readiness[policy.minReadiness]),
    say("最低份额", "Least share", policy.minShare),
    say("份额未知时", "Unknown share", UNKNOWN_WORDS[policy.unknownShare]),
    say("来源未记录时", "No recorded source", UNKNOWN_WORDS[policy.unknownSupply]),
    say("归属未知时", "Unknown origin", UNKNOWN_WORDS[policy.unknownOrigin]),
    say("追溯层数", "Tiers looked at", policy.maxTier ?? words("到底", "all")),
    say("采用假设", "Assumed facts used", policy.assumed),
    say("时点", "As of", policy.asOf ?? words("当日", "the day it was made")),
    say("区域偏好", "Preferred regions", words(regions("zh"), regions("en"))),
    say("本国", "Home", { ids: [policy.home] }),
    say("本地地区", "Local regions", policy.localRegions.join("、")),
    ...(policy.removed.length === 0 ? [] : [say("假设已中断", "Supposed to have failed", { ids: policy.removed })]),
    ...(policy.extraOffers.length === 0
      ? []
      : [say("假设新增供应", "Supposed supply of", { ids: policy.extraOffers.map(({ item }) => item) })]),
  ];
}

function say(zh: string, en: string, value: Cell): Statement {
  return { label: words(zh, en), value };
}
