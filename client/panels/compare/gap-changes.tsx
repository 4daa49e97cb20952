import type { Comparison, GapSide } from "../../api/compare.ts";
import { formatBounds, formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language, view } from "../../state/view.ts";
import { GapBadge } from "../badge.tsx";
import { ItemLinks } from "../item-links.tsx";
import { TableFrame } from "../table-frame.tsx";
import { Causes } from "./causes.tsx";
import { ChangeBadge } from "./change-badge.tsx";

/** Gaps that are on one side only, or differ. */
export function GapChanges({ changes }: { readonly changes: Comparison["gaps"] }) {
  return (
    <section class="section">
      <h2>
        {t("compare.gaps")} <span class="count">{changes.length}</span>
      </h2>
      {changes.length === 0 ? (
        <p class="note">{t("compare.gaps.none")}</p>
      ) : (
        <TableFrame name={t("compare.gaps")} class="change-table" testId="gap-changes" data={changes}>
          <thead>
            <tr>
              <th scope="col">{t("gaps.item")}</th>
              <th scope="col">{t("compare.change")}</th>
              <th scope="col">{t("compare.before")}</th>
              <th scope="col">{t("compare.after")}</th>
              <th scope="col">{t("detail.cause")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ item, change, before, after, causes }) => (
              <tr
                key={item.id}
                aria-selected={item.id === view.value.selected}
                data-testid={`gap-change-${item.id}`}
                data-change={change}
              >
                <th scope="row">
                  <ItemLinks items={[item]} separator="" />
                </th>
                <td>
                  <ChangeBadge change={change} />
                </td>
                <td>
                  <GapSideOf gap={before} />
                </td>
                <td>
                  <GapSideOf gap={after} />
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
