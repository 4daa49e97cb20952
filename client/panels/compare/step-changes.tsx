import type { Comparison } from "../../api/compare.ts";
import { t, word } from "../../i18n/index.ts";
import { OfferLine } from "../offers.tsx";
import { ChangeTable } from "./change-table.tsx";

type Plan = Comparison["plan"];

/** Steps that the cheapest plans of the two sides do not share. */
export function StepChanges({ plan }: { readonly plan: Plan }) {
  return (
    <ChangeTable
      title={t("compare.steps")}
      itemTitle={t("plan.item")}
      testId="step-changes"
      rows={plan.steps}
      none={plan.before === null || plan.after === null ? t("compare.steps.oneSide") : t("compare.steps.none")}
      keyOf={({ key }) => key}
      before={({ before }) => <Taken step={before} />}
      after={({ after }) => <Taken step={after} />}
    />
  );
}

function Taken({ step }: { readonly step: Plan["steps"][number]["before"] }) {
  if (step === null) return <span class="note">–</span>;
  return step.offer === null ? <span class="note">{word("way", step.way)}</span> : <OfferLine offer={step.offer} />;
}
