import type { Comparison } from "../../api/compare.ts";
import { t } from "../../i18n/index.ts";
import { ItemLinks } from "../item-links.tsx";
import { TableFrame } from "../table-frame.tsx";
import { Causes } from "./causes.tsx";

/** Items that are to be had on one side only, or fail at another tier. */
export function AvailabilityChanges({ changes }: { readonly changes: Comparison["availability"] }) {
  return (
    <section class="section">
      <h2>
        {t("compare.availability")} <span class="count">{changes.length}</span>
      </h2>
      {changes.length === 0 ? (
        <p class="note">{t("compare.availability.none")}</p>
      ) : (
        <TableFrame name={t("compare.availability")} class="change-table" testId="availability-changes" data={changes}>
          <thead>
            <tr>
              <th scope="col">{t("gaps.item")}</th>
              <th scope="col">{t("compare.before")}</th>
              <th scope="col">{t("compare.after")}</th>
              <th scope="col">{t("detail.cause")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ item, before, after, causes }) => (
              <tr key={item.id} data-testid={`availability-${item.id}`}>
                <th scope="row">
                  <ItemLinks items={[item]} separator="" />
                </th>
                <td>
                  <Tier of={before} />
                </td>
                <td>
                  <Tier of={after} />
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

function Tier({ of }: { readonly of: number | null }) {
  return of === null ? (
    <span class="badge tone-good line-solid">✓ {t("compare.available")}</span>
  ) : (
    <span class="badge tone-danger line-dashed">✕ {t("compare.fails", { n: of })}</span>
  );
}
