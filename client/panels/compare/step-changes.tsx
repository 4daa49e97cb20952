import type { Comparison } from "../../api/compare.ts";
import { t, word } from "../../i18n/index.ts";
import { ItemLinks } from "../item-links.tsx";
import { OfferLine } from "../offers.tsx";
import { TableFrame } from "../table-frame.tsx";
import { Causes } from "./causes.tsx";
import { ChangeBadge } from "./change-badge.tsx";

type Plan = Comparison["plan"];

/** Steps that the cheapest plans of the two sides do not share. */
export function StepChanges({ plan }: { readonly plan: Plan }) {
  const { steps } = plan;
  return (
    <section class="section">
      <h2>
        {t("compare.steps")} <span class="count">{steps.length}</span>
      </h2>
      {steps.length === 0 ? (
        <p class="note">
          {plan.before === null || plan.after === null ? t("compare.steps.oneSide") : t("compare.steps.none")}
        </p>
      ) : (
        <TableFrame name={t("compare.steps")} class="change-table" testId="step-changes" data={steps}>
          <thead>
            <tr>
              <th scope="col">{t("plan.item")}</th>
              <th scope="col">{t("compare.change")}</th>
              <th scope="col">{t("compare.before")}</th>
              <th scope="col">{t("compare.after")}</th>
              <th scope="col">{t("detail.cause")}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ key, item, change, before, after, causes }) => (
              <tr key={key}>
                <th scope="row">
                  <ItemLinks items={[item]} separator="" />
                </th>
                <td>
                  <ChangeBadge change={change} />
                </td>
                <td>
                  <Taken step={before} />
                </td>
                <td>
                  <Taken step={after} />
                </td>
                <td>
                  <Causes of={causes} />
                </td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
    </section>
  );
}

function Taken({ step }: { readonly step: Plan["steps"][number]["before"] }) {
  if (step === null) return <span class="note">–</span>;
  return step.offer === null ? <span class="note">{word("way", step.way)}</span> : <OfferLine offer={step.offer} />;
}
