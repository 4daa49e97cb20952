import { t, word } from "../../i18n/index.ts";
import { CANDIDATE_KINDS } from "../../state/permalink.ts";
import { navigate, view } from "../../state/view.ts";
import { Chosen } from "../chosen.tsx";
import { SearchBox, type SearchKinds } from "../search-box.tsx";
import { BudgetInput } from "./budget-input.tsx";

const LANDING: SearchKinds = ["Project", "Firm", "Product"];

/** What may be spent, who is suggested, and who counts as landed already. */
export function RecruitmentChoices() {
  const { candidateKinds, landed } = view.value;
  const land = (ids: readonly string[]): void => navigate({ landed: ids });
  return (
    <fieldset class="controls chooser" data-testid="recruitment-choices">
      <legend class="visually-hidden">{t("recruit.choices")}</legend>
      <BudgetInput />
      <fieldset class="segmented" aria-label={t("recruit.kinds")}>
        {CANDIDATE_KINDS.map((kind) => (
          <button
            type="button"
            key={kind}
            aria-pressed={candidateKinds.includes(kind)}
            data-testid={`candidate-kind-${kind}`}
            onClick={() =>
              navigate({
                candidateKinds: candidateKinds.includes(kind)
                  ? candidateKinds.filter((other) => other !== kind)
                  : [...candidateKinds, kind],
              })
            }
          >
            {word("candidate", kind)}
          </button>
        ))}
      </fieldset>
      <span class="policy-name" title={t("recruit.landed.hint")}>
        {t("recruit.landed")}
      </span>
      {landed.length === 0 && <span class="note">{t("none")}</span>}
      <Chosen ids={landed} onRemove={(id) => land(landed.filter((other) => other !== id))} />
      <div class="chooser-search">
        <SearchBox
          label={t("recruit.land.pick")}
          placeholder={t("recruit.land.pick")}
          kinds={LANDING}
          onPick={({ id }) => land([...new Set([...landed, id])])}
          testId="landed-search"
        />
      </div>
    </fieldset>
  );
}
