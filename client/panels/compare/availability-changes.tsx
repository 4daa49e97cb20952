import type { Comparison } from "../../api/compare.ts";
import { t } from "../../i18n/index.ts";
import { ChangeTable } from "./change-table.tsx";

/** Items that are to be had on one side only, or fail at another tier. */
export function AvailabilityChanges({ changes }: { readonly changes: Comparison["availability"] }) {
  return (
    <ChangeTable
      title={t("compare.availability")}
      itemTitle={t("gaps.item")}
      testId="availability-changes"
      rows={changes}
      none={t("compare.availability.none")}
      keyOf={({ item }) => item.id}
      attributesOf={({ item }) => ({ "data-testid": `availability-${item.id}` })}
      before={({ before }) => <Tier of={before} />}
      after={({ after }) => <Tier of={after} />}
    />
  );
}

function Tier({ of }: { readonly of: number | null }) {
  return of === null ? (
    <span class="badge tone-good line-solid">✓ {t("compare.available")}</span>
  ) : (
    <span class="badge tone-danger line-dashed">✕ {t("compare.fails", { n: of })}</span>
  );
}
