import type { Comparison, GapSide } from "../../api/compare.ts";
import { formatBounds, formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language, view } from "../../state/view.ts";
import { GapBadge } from "../badge.tsx";
import { ChangeTable } from "./change-table.tsx";

/** Gaps that are on one side only, or differ. */
export function GapChanges({ changes }: { readonly changes: Comparison["gaps"] }) {
  return (
    <ChangeTable
      title={t("compare.gaps")}
      itemTitle={t("gaps.item")}
      testId="gap-changes"
      rows={changes}
      none={t("compare.gaps.none")}
      keyOf={({ item }) => item.id}
      attributesOf={({ item, change }) => ({
        "aria-selected": item.id === view.value.selected,
        "data-testid": `gap-change-${item.id}`,
        "data-change": change,
      })}
      before={({ before }) => <GapSideOf gap={before} />}
      after={({ after }) => <GapSideOf gap={after} />}
    />
  );
}

function GapSideOf({ gap }: { readonly gap: GapSide | null }) {
  if (gap === null) return <span class="note">{t("compare.gap.none")}</span>;
  return (
    <>
      <span class="badges">
        {gap.types.map((type) => (
          <GapBadge key={type} type={type} isPossible={gap.possible.includes(type)} />
        ))}
      </span>
      <small>
        {t("gaps.score")}{" "}
        {gap.score === null ? t("unknown") : formatBounds(gap.score, (value) => formatNumber(value, language.value, 0))}
        {gap.tier !== null && ` · ${t("compare.tier", { n: gap.tier })}`}
      </small>
    </>
  );
}
