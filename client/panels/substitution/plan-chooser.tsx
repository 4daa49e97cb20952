import type { Plan } from "../../api/substitution.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t, word } from "../../i18n/index.ts";
import { PLAN_DISTINCTIONS } from "../../state/permalink.ts";
import { language, navigate, view } from "../../state/view.ts";

/** The best plan and the next ones: which is drawn, what each costs, and how sure it is the least. */
export function PlanChooser({ plans }: { readonly plans: readonly Plan[] }) {
  const current = Math.min(view.value.plan, plans.length);
  return (
    <fieldset class="summary plans" aria-label={t("plan.choose")} data-testid="plans">
      <h2>{t("plan.choose")}</h2>
      {plans.length > 1 && <p class="note">{t("plan.choose.hint")}:</p>}
      <fieldset class="segmented" aria-label={t("plan.distinct")}>
        {PLAN_DISTINCTIONS.map((value) => (
          <button
            type="button"
            key={value}
            aria-pressed={value === view.value.distinctBy}
            data-testid={`distinct-${value}`}
            onClick={() => navigate({ distinctBy: value, plan: 1 })}
          >
            {word("distinct", value)}
          </button>
        ))}
      </fieldset>
      {plans.map((plan, index) => (
        <button
          type="button"
          key={`plan ${index + 1}`}
          class="plan-card"
          aria-pressed={current === index + 1}
          data-testid={`plan-${index + 1}`}
          onClick={() => navigate({ plan: index + 1 })}
        >
          <strong>{t("plan.n", { n: index + 1 })}</strong>
          <span>{costText(plan)}</span>
          <small>
            {word("plan", plan.optimality).replace("{bound}", formatNumber(plan.lowerBound, language.value))} ·{" "}
            {plan.founded ? t("plan.founded") : t("plan.loops", { n: plan.loops.length })}
          </small>
        </button>
      ))}
    </fieldset>
  );
}

function costText(plan: Plan): string {
  const cost = t("plan.cost", { cost: formatNumber(plan.cost, language.value) });
  return `${cost} ${t("plan.costKnown", { known: plan.costsKnown, total: plan.costsTotal })}`;
}
