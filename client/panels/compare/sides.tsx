import type { ComponentChildren } from "preact";
import type { Comparison } from "../../api/compare.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t, word } from "../../i18n/index.ts";
import { language } from "../../state/view.ts";
import { ItemLinks } from "../item-links.tsx";
import { Meter } from "../meter.tsx";
import { TableFrame } from "../table-frame.tsx";
import { freeText } from "../verdict.tsx";

/** The figures of both sides, each row marked where they differ. */
export function Sides({ diff }: { readonly diff: Comparison }) {
  const { plan, exposure, localization, coverageBefore, coverageAfter } = diff;
  const cost = (summary: { readonly cost: number; readonly steps: number } | null): string =>
    summary === null
      ? word("plan.verdict", "NO")
      : t("compare.plan", { cost: formatNumber(summary.cost, language.value), n: summary.steps });
  const targetsChange = diff.targets.length > 0;
  return (
    <TableFrame name={t("compare.sides")} class="sides" testId="sides" data={diff}>
      <thead>
        <tr>
          <th scope="col">{t("compare.what")}</th>
          <th scope="col">{t("compare.before")}</th>
          <th scope="col">{t("compare.after")}</th>
          <th scope="col">{t("compare.differs")}</th>
        </tr>
      </thead>
      <tbody>
        <Side
          title={t("gaps.verdict")}
          before={<Free verdict={diff.verdictBefore} tier={diff.freeToTierBefore} />}
          after={<Free verdict={diff.verdictAfter} tier={diff.freeToTierAfter} />}
          differs={
            diff.verdictBefore !== diff.verdictAfter || diff.freeToTierBefore !== diff.freeToTierAfter || targetsChange
          }
        />
        <Side
          title={t("plan.verdict")}
          before={cost(plan.before)}
          after={cost(plan.after)}
          differs={cost(plan.before) !== cost(plan.after) || plan.steps.length > 0}
        />
        <Side
          title={t("plan.completion")}
          before={<Completed of={plan.completionBefore} />}
          after={<Completed of={plan.completionAfter} />}
          differs={ids(plan.completionBefore) !== ids(plan.completionAfter)}
        />
        <Side
          title={t("exposure.loss")}
          before={<Meter bounds={exposure.before.gradedLoss} max={1} tone="danger" label={t("exposure.loss")} />}
          after={<Meter bounds={exposure.after.gradedLoss} max={1} tone="danger" label={t("exposure.loss")} />}
          differs={JSON.stringify(exposure.before) !== JSON.stringify(exposure.after)}
        />
        <Side
          title={t("localization.title")}
          before={<Meter bounds={localization.before.rate} max={1} tone="good" label={t("localization.title")} />}
          after={<Meter bounds={localization.after.rate} max={1} tone="good" label={t("localization.title")} />}
          differs={JSON.stringify(localization.before) !== JSON.stringify(localization.after)}
        />
        <Side
          title={t("compare.assumed")}
          before={coverageBefore.assumed}
          after={coverageAfter.assumed}
          differs={coverageBefore.assumed !== coverageAfter.assumed}
        />
      </tbody>
    </TableFrame>
  );
}

interface SideProps {
  readonly title: string;
  readonly before: ComponentChildren;
  readonly after: ComponentChildren;
  readonly differs: boolean;
}

function Side({ title, before, after, differs }: SideProps) {
  return (
    <tr data-differs={differs}>
      <th scope="row">{title}</th>
      <td>{before}</td>
      <td class={differs ? "is-different" : ""}>{after}</td>
      <td>{differs ? <span class="badge tone-accent line-solid">≠ {t("compare.yes")}</span> : t("compare.no")}</td>
    </tr>
  );
}

const SIGNS = { YES: "✓", NO: "✕", UNKNOWN: "?" } as const;

function Free({ verdict, tier }: { readonly verdict: keyof typeof SIGNS; readonly tier: number | null }) {
  return (
    <>
      <strong>
        <span aria-hidden="true">{SIGNS[verdict]}</span> {word("verdict", verdict)}
      </strong>{" "}
      <span class="note">{freeText(tier)}</span>
    </>
  );
}

function Completed({ of }: { readonly of: Comparison["plan"]["completionBefore"] }) {
  if (of === null) return <span class="note">–</span>;
  return <ItemLinks items={of.items} separator={t("listSeparator")} />;
}

function ids(of: Comparison["plan"]["completionBefore"]): string {
  return of === null ? "" : of.items.map(({ id }) => id).join(" ");
}
