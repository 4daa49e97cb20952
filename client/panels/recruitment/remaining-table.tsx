import type { RemainingGap } from "../../api/recruitment.ts";
import { t } from "../../i18n/index.ts";
import { GapBadge } from "../badge.tsx";
import { ItemLinks } from "../item-links.tsx";
import { Meter } from "../meter.tsx";
import { TableFrame } from "../table-frame.tsx";

/** What is still a gap once all have come, the gravest first. */
export function RemainingTable({ gaps }: { readonly gaps: readonly RemainingGap[] }) {
  if (gaps.length === 0) return <p class="note">{t("gaps.none")}</p>;
  return (
    <TableFrame name={t("recruit.remaining")} class="remaining-table" testId="remaining-table" data={gaps}>
      <thead>
        <tr>
          <th scope="col">{t("gaps.item")}</th>
          <th scope="col">{t("gaps.type")}</th>
          <th scope="col">{t("gaps.score")}</th>
        </tr>
      </thead>
      <tbody>
        {gaps.map(({ item, types, possible, score }) => (
          <tr key={item.id} data-testid={`remaining-${item.id}`}>
            <th scope="row">
              <ItemLinks items={[item]} separator="" />
            </th>
            <td>
              <span class="badges">
                {types.map((type) => (
                  <GapBadge key={type} type={type} isPossible={possible.includes(type)} />
                ))}
              </span>
            </td>
            <td>
              {score === null ? (
                <span class="unknown" title={t("unknown.long")}>
                  {t("unknown")}
                </span>
              ) : (
                <Meter bounds={score} max={100} tone="danger" label={t("gaps.score")} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
