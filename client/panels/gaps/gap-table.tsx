import type { GapRow } from "../../api/gaps.ts";
import { formatPercent } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language, navigate } from "../../state/view.ts";
import { GapBadge } from "../badge.tsx";
import { GrowingRows } from "../growing-rows.tsx";
import { Meter } from "../meter.tsx";
import { Name } from "../name.tsx";
import { TableFrame } from "../table-frame.tsx";
import { isNear } from "./gap-resources.tsx";

interface GapTableProps {
  readonly gaps: readonly GapRow[];
  readonly selected: string | null;
  readonly isFiltered: boolean;
  readonly name: string;
  readonly testId: string;
}

/** The list of gaps, worst first; a row opens its details. */
export function GapTable({ gaps, selected, isFiltered, name, testId }: GapTableProps) {
  if (gaps.length === 0) return <p class="note">{isFiltered ? t("gaps.none.filtered") : t("gaps.none")}</p>;
  return (
    <TableFrame name={name} class="gap-table" testId={testId} data={gaps}>
      <thead>
        <tr>
          <th scope="col">{t("gaps.item")}</th>
          <th scope="col">{t("gaps.type")}</th>
          <th scope="col" title={t("gaps.score.hint")}>
            {t("gaps.score")}
          </th>
          <th scope="col" class="num">
            {t("gaps.necessity")}
          </th>
          <th scope="col" class="num" title={t("gaps.tier.hint")}>
            {t("gaps.tier")}
          </th>
          <th scope="col">{t("gaps.resources")}</th>
        </tr>
      </thead>
      <GrowingRows rows={gaps}>
        {(gap) => <GapTableRow key={gap.item.id} gap={gap} isSelected={gap.item.id === selected} />}
      </GrowingRows>
    </TableFrame>
  );
}

function GapTableRow({ gap, isSelected }: { readonly gap: GapRow; readonly isSelected: boolean }) {
  const open = (): void => navigate({ selected: isSelected ? null : gap.item.id });
  return (
    <tr
      class="row-button"
      aria-selected={isSelected}
      data-testid={`gap-row-${gap.item.id}`}
      data-types={gap.types.join(" ")}
      onClick={open}
    >
      <th scope="row">
        <button
          type="button"
          class="link"
          aria-expanded={isSelected}
          onClick={(event) => {
            event.stopPropagation();
            open();
          }}
        >
          <Name of={gap.item} />
        </button>
      </th>
      <td>
        <span class="badges">
          {gap.types.map((type) => (
            <GapBadge key={type} type={type} isPossible={gap.possible.includes(type)} />
          ))}
          {gap.possible
            .filter((type) => !gap.types.includes(type))
            .map((type) => (
              <GapBadge key={type} type={type} isPossible />
            ))}
        </span>
      </td>
      <td>
        {gap.score === null ? (
          <span class="unknown" title={t("unknown.long")}>
            {t("unknown")}
          </span>
        ) : (
          <Meter bounds={gap.score} max={100} tone="danger" label={t("gaps.score")} />
        )}
      </td>
      <td class="num">{formatPercent(gap.necessity, language.value)}</td>
      <td class="num">{gap.tier ?? "–"}</td>
      <td>
        <span class="badges">
          {gap.orphan ? (
            <span class="badge tone-caution line-dashed" title={t("gaps.orphan.long")}>
              {t("gaps.orphan")}
            </span>
          ) : (
            t("gaps.resources.n", { n: countNear(gap) })
          )}
          {gap.unfunded && (
            <span class="badge tone-muted line-dashed" title={t("gaps.unfunded.long")}>
              {t("gaps.unfunded")}
            </span>
          )}
        </span>
      </td>
    </tr>
  );
}

/** How many resources work on the item itself or its class. */
function countNear({ resources }: GapRow): number {
  const near = resources.filter(({ scope }) => isNear(scope));
  return new Set(near.map(({ resource }) => resource.id)).size;
}
