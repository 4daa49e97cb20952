import { useId } from "preact/hooks";
import type { gapsQuery } from "../api/gaps.ts";
import type { VariablesOf } from "../api/graphql.ts";
import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { MAX_TIER, type Policy, READINESS } from "../state/permalink.ts";
import { language, navigate, view } from "../state/view.ts";
import { Check } from "./check.tsx";
import { CountrySelect } from "./country-select.tsx";

export type PolicyInput = NonNullable<VariablesOf<typeof gapsQuery>["policy"]>;

const PRESETS = [
  { key: "policy.preset.us", codes: ["US"] },
  { key: "policy.preset.usnljp", codes: ["US", "NL", "JP"] },
  { key: "policy.preset.none", codes: [] },
] as const;

/** A policy as the service takes it. */
export function policyOf({ restricted, assumed, maxTier, minReadiness, asOf }: Policy): PolicyInput {
  return { restricted: [...restricted], assumed, maxTier, minReadiness, asOf };
}

interface PolicyBarProps {
  /** What is shown and changed; the view's own policy by default. */
  readonly policy?: Policy;
  readonly onChange?: (change: Partial<Policy>) => void;
  readonly title?: string;
  readonly testId?: string;
  /** Whether countries can be restricted here. */
  readonly hasRestricted?: boolean;
}

/** Under which rules the page analyses: restricted countries, assumptions, tiers, readiness, day. */
export function PolicyBar({
  policy = view.value,
  onChange = (change) => navigate({ ...change, plan: 1, step: null }),
  title = t("policy.label"),
  testId = "policy",
  hasRestricted = true,
}: PolicyBarProps) {
  const { assumed, maxTier, minReadiness, asOf } = policy;
  const id = useId();
  return (
    <fieldset class="policy" data-testid={testId}>
      <legend class="visually-hidden">{title}</legend>
      {hasRestricted && <Restricted policy={policy} onChange={onChange} testId={testId} />}
      <div class="policy-group">
        <label class="policy-name" for={`${id}-tier`}>
          {t("policy.maxTier")}
        </label>
        <select
          id={`${id}-tier`}
          class="input input-small"
          data-testid={`${testId}-max-tier`}
          value={maxTier === null ? "all" : String(maxTier)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ maxTier: value === "all" ? null : Number(value) });
          }}
        >
          {Array.from({ length: MAX_TIER }, (_, index) => index + 1).map((tier) => (
            <option key={tier} value={String(tier)}>
              {t("policy.maxTier.n", { n: tier })}
            </option>
          ))}
          <option value="all">{t("policy.maxTier.all")}</option>
        </select>
        <label class="policy-name" for={`${id}-readiness`}>
          {t("policy.minReadiness")}
        </label>
        <select
          id={`${id}-readiness`}
          class="input input-small"
          data-testid={`${testId}-min-readiness`}
          value={minReadiness}
          onChange={(event) => {
            const chosen = READINESS.find((value) => value === event.currentTarget.value);
            if (chosen !== undefined) onChange({ minReadiness: chosen });
          }}
        >
          {READINESS.map((value) => (
            <option key={value} value={value}>
              {label("Readiness", value)}
            </option>
          ))}
        </select>
        <Check
          checked={assumed}
          testId={`${testId}-assumed`}
          title={t("policy.assumed.hint")}
          onChange={(isChecked) => onChange({ assumed: isChecked })}
        >
          {t("policy.assumed")}
        </Check>
        <label class="policy-name" for={`${id}-day`} title={t("policy.asOf.hint")}>
          {t("policy.asOf")}
        </label>
        <input
          id={`${id}-day`}
          class="input input-small input-day"
          type="date"
          data-testid={`${testId}-as-of`}
          value={asOf ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ asOf: value === "" ? null : value });
          }}
        />
      </div>
    </fieldset>
  );
}

interface RestrictedProps {
  readonly policy: Policy;
  readonly onChange: (change: Partial<Policy>) => void;
  readonly testId: string;
}

function Restricted({ policy: { restricted }, onChange, testId }: RestrictedProps) {
  const lang = language.value;
  const restrict = (codes: readonly string[]): void => onChange({ restricted: codes });
  return (
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
      <CountrySelect
        label={`${t("policy.restricted")}: ${t("policy.add")}`}
        without={restricted}
        testId={`${testId}-restricted-add`}
        onPick={(code) => restrict([...restricted, code])}
      />
      <fieldset class="segmented" aria-label={t("policy.presets")}>
        {PRESETS.map(({ key, codes }) => (
          <button
            type="button"
            key={key}
            aria-pressed={codes.join() === restricted.join()}
            data-testid={`${testId}-preset-${codes.join("-").toLowerCase() || "none"}`}
            onClick={() => restrict(codes)}
          >
            {t(key)}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
