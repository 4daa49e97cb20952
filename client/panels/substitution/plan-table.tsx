import { useState } from "preact/hooks";
import type { PlanStep } from "../../api/substitution.ts";
import { t, word } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { navigate, view } from "../../state/view.ts";
import { Evidence } from "../evidence.tsx";
import { useEvidence } from "../gaps/gap-detail.tsx";
import { GrowingRows } from "../growing-rows.tsx";
import { Share } from "../meter.tsx";
import { Name } from "../name.tsx";
import { OfferLine } from "../offers.tsx";
import { Restriction } from "../restriction.tsx";
import { TableFrame } from "../table-frame.tsx";

const CHANGE_TONES: Readonly<Record<string, string>> = {
  KEEP: "tone-plain line-solid",
  SWITCH: "tone-good line-solid",
  NEW: "tone-accent line-solid",
  IN_HOUSE: "tone-plain line-solid",
  UNKNOWN: "tone-muted line-dotted",
};
const SHOWN_TODAY = 3;

/** The plan step by step: today's source, its substitute, what changes, why, and what was passed over. */
export function PlanTable({ steps }: { readonly steps: readonly PlanStep[] }) {
  const { selected } = view.value;
  return (
    <TableFrame name={t("plan.steps")} class="plan-table" testId="plan-table" data={steps}>
      <thead>
        <tr>
          <th scope="col">{t("plan.item")}</th>
          <th scope="col">{t("plan.now")}</th>
          <th scope="col">{t("plan.substitute")}</th>
          <th scope="col">{t("plan.change")}</th>
          <th scope="col">{t("plan.reason")}</th>
          <th scope="col">{t("plan.passedOver")}</th>
          <th scope="col">{t("plan.evidence")}</th>
        </tr>
      </thead>
      <GrowingRows rows={steps}>
        {(step) => <StepRow key={step.item.id} step={step} isSelected={step.item.id === selected} />}
      </GrowingRows>
    </TableFrame>
  );
}

function StepRow({ step, isSelected }: { readonly step: PlanStep; readonly isSelected: boolean }) {
  return (
    <tr aria-selected={isSelected} data-testid={`step-${step.item.id}`} data-change={step.change} data-way={step.way}>
      <th scope="row">
        <button type="button" class="link" onClick={() => navigate({ selected: isSelected ? null : step.item.id })}>
          <Name of={step.item} />
        </button>
        <small>{label("ProductCategory", step.item.category)}</small>
      </th>
      <td>
        <Today step={step} />
      </td>
      <td>
        {step.offer === null ? <span class="note">{word("way", step.way)}</span> : <OfferLine offer={step.offer} />}
        {step.offer !== null && (
          <small>
            {step.region !== null && `${word("region", step.region)} · `}
            {step.offer.readiness === null
              ? `${t("offer.readiness")} ${t("unknown")}`
              : label("Readiness", step.offer.readiness)}{" "}
            · <Share share={step.offer.share} basis={step.offer.shareBasis} />
          </small>
        )}
        {step.assumed && step.offer?.assertion !== "ASSUMED" && (
          <span class="badge tone-plain line-dashed">{label("mark", "ASSUMED")}</span>
        )}
      </td>
      <td>
        <span class={`badge ${CHANGE_TONES[step.change] ?? "tone-plain line-solid"}`}>
          {word("change", step.change)}
        </span>
      </td>
      <td>{word("reason", step.reason)}</td>
      <td>
        <PassedOver step={step} />
      </td>
      <td>{step.offer === null ? <span class="note">–</span> : <StepEvidence step={step} offer={step.offer.id} />}</td>
    </tr>
  );
}

function Today({ step }: { readonly step: PlanStep }) {
  if (step.change === "IN_HOUSE") return <span class="note">{word("way", step.way)}</span>;
  if (step.today.length === 0) return <span class="unknown">{t("unknown")}</span>;
  const rest = step.today.length - SHOWN_TODAY;
  return (
    <span title={step.todayBasis === "RECORDED" ? t("plan.recorded") : t("plan.market")}>
      {step.today.slice(0, SHOWN_TODAY).map((offer) => (
        <OfferLine key={offer.id} offer={offer} />
      ))}
      {rest > 0 && <small>{t("structure.more", { n: rest })}</small>}
    </span>
  );
}

function PassedOver({ step }: { readonly step: PlanStep }) {
  if (step.passedOver.length === 0) return <span class="note">–</span>;
  return (
    <details class="inline-details">
      <summary>{t("plan.passedOver.n", { n: step.passedOver.length })}</summary>
      <ul class="plain-list">
        {step.passedOver.map(({ offer, why, restriction }) => (
          <li key={offer.id}>
            <OfferLine offer={offer} />{" "}
            <small>
              {word("why", why)}
              {restriction !== null && (
                <>
                  {" · "}
                  <Restriction of={restriction} />
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}

function StepEvidence({ step, offer }: { readonly step: PlanStep; readonly offer: string }) {
  const [isOpen, setOpen] = useState(false);
  const evidence = useEvidence(isOpen ? step.item.id : null).get(offer);
  return (
    <details class="inline-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("source")}</summary>
      {isOpen && (evidence === undefined ? <p class="note">{t("loading")}</p> : <Evidence of={evidence} />)}
    </details>
  );
}
