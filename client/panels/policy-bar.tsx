import type { gapsQuery } from "../api/gaps.ts";
import type { VariablesOf } from "../api/graphql.ts";
import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { MAX_TIER, READINESS, type View } from "../state/permalink.ts";
import { language, navigate, view } from "../state/view.ts";

export type PolicyInput = NonNullable<VariablesOf<typeof gapsQuery>["policy"]>;

const PRESETS = [
  { key: "policy.preset.us", codes: ["US"] },
  { key: "policy.preset.usnljp", codes: ["US", "NL", "JP"] },
  { key: "policy.preset.none", codes: [] },
] as const;

/** Countries and regions of the industry, offered first; any other code is taken from the URL as well. */
const OFFERED = [
  "US",
  "NL",
  "JP",
  "KR",
  "TW",
  "DE",
  "GB",
  "FR",
  "CH",
  "AT",
  "BE",
  "IT",
  "SE",
  "FI",
  "IL",
  "SG",
  "MY",
  "CA",
];

/** The view's policy as the service takes it. */
export function policyOf({ restricted, assumed, maxTier, minReadiness }: View): PolicyInput {
  return { restricted: [...restricted], assumed, maxTier, minReadiness };
}

/** Under which rules the page analyses: restricted countries, assumptions, tiers, readiness. */
export function PolicyBar() {
  const { restricted, assumed, maxTier, minReadiness } = view.value;
  const lang = language.value;
  const restrict = (codes: readonly string[]): void => navigate({ restricted: codes, plan: 1 });
  const open = OFFERED.filter((code) => !restricted.includes(code));
  return (
    <fieldset class="policy" data-testid="policy">
      <legend class="visually-hidden">{t("policy.label")}</legend>
      <div class="policy-group">
        <span class="policy-name">{t("policy.restricted")}</span>
        {restricted.length === 0 && <span class="note">{t("none")}</span>}
        {restricted.map((code) => (
          <span class="chip" key={code}>
            {code} {countryName(code, lang)}
            <button
              type="button"
              class="chip-close"
              aria-label={t("policy.remove", { name: countryName(code, lang) })}
              onClick={() => restrict(restricted.filter((other) => other !== code))}
            >
              ×
            </button>
          </span>
        ))}
        <select
          class="input input-small"
          aria-label={`${t("policy.restricted")}: ${t("policy.add")}`}
          data-testid="policy-restricted-add"
          value=""
          onChange={(event) => {
            if (event.currentTarget.value !== "") restrict([...restricted, event.currentTarget.value]);
            event.currentTarget.value = "";
          }}
        >
          <option value="">+ {t("policy.add")}</option>
          {open.map((code) => (
            <option key={code} value={code}>
              {code} {countryName(code, lang)}
            </option>
          ))}
        </select>
        <fieldset class="segmented" aria-label={t("policy.presets")}>
          {PRESETS.map(({ key, codes }) => (
            <button
              type="button"
              key={key}
              aria-pressed={codes.join() === restricted.join()}
              data-testid={`policy-preset-${codes.join("-").toLowerCase() || "none"}`}
              onClick={() => restrict(codes)}
            >
              {t(key)}
            </button>
          ))}
        </fieldset>
      </div>
      <div class="policy-group">
        <label class="policy-name" for="policy-tier">
          {t("policy.maxTier")}
        </label>
        <select
          id="policy-tier"
          class="input input-small"
          data-testid="policy-max-tier"
          value={maxTier === null ? "all" : String(maxTier)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            navigate({ maxTier: value === "all" ? null : Number(value), plan: 1 });
          }}
        >
          {Array.from({ length: MAX_TIER }, (_, index) => index + 1).map((tier) => (
            <option key={tier} value={String(tier)}>
              {t("policy.maxTier.n", { n: tier })}
            </option>
          ))}
          <option value="all">{t("policy.maxTier.all")}</option>
        </select>
        <label class="policy-name" for="policy-readiness">
          {t("policy.minReadiness")}
        </label>
        <select
          id="policy-readiness"
          class="input input-small"
          data-testid="policy-min-readiness"
          value={minReadiness}
          onChange={(event) => {
            const chosen = READINESS.find((value) => value === event.currentTarget.value);
            if (chosen !== undefined) navigate({ minReadiness: chosen, plan: 1 });
          }}
        >
          {READINESS.map((value) => (
            <option key={value} value={value}>
              {label("Readiness", value)}
            </option>
          ))}
        </select>
        <label class="check" title={t("policy.assumed.hint")}>
          <input
            type="checkbox"
            checked={assumed}
            data-testid="policy-assumed"
            onChange={(event) => navigate({ assumed: event.currentTarget.checked, plan: 1 })}
          />
          {t("policy.assumed")}
        </label>
      </div>
    </fieldset>
  );
}
