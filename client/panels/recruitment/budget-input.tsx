import { t } from "../../i18n/index.ts";
import { MAX_BUDGET } from "../../state/permalink.ts";
import { navigate, view } from "../../state/view.ts";

/** What may be spent; asked for once it is entered, not at every key. */
export function BudgetInput() {
  const { budget } = view.value;
  return (
    <label class="check" title={t("recruit.budget.hint")}>
      <span class="policy-name">{t("recruit.budget")}</span>
      <input
        class="input input-small input-budget"
        type="number"
        min={0}
        max={MAX_BUDGET}
        step="any"
        value={budget}
        data-testid="budget"
        onChange={(event) => {
          const { valueAsNumber: value } = event.currentTarget;
          if (value >= 0 && value <= MAX_BUDGET) navigate({ budget: value });
          else event.currentTarget.value = String(budget);
        }}
      />
    </label>
  );
}
