import type { Localization } from "../api/gaps.ts";
import { t, word } from "../i18n/index.ts";
import { Meter } from "./meter.tsx";
import { CoverageText } from "./verdict.tsx";

/** A localisation rate with its basis, and on what it rests. */
export function LocalizationFacts({ of }: { readonly of: Localization }) {
  const { categoryCoverage } = of;
  return (
    <div class="localization" data-testid="localization">
      <Meter bounds={of.rate} max={1} tone="good" label={t("localization.title")} />
      <p class="note">
        {t("localization.basis")}: {word("basis", of.basis)} ·{" "}
        {t("localization.category.text", { n: categoryCoverage.withDomestic, m: categoryCoverage.total })}
      </p>
      <p class="note">
        {t("coverage")}: <CoverageText of={of.coverage} />
      </p>
    </div>
  );
}
