import type { ComponentChildren } from "preact";
import type { Cause } from "../../api/compare.ts";
import type { Named } from "../../api/fragments.ts";
import { t } from "../../i18n/index.ts";
import { GrowingRows } from "../growing-rows.tsx";
import { ItemLinks } from "../item-links.tsx";
import { TableFrame } from "../table-frame.tsx";
import { Causes } from "./causes.tsx";
import { ChangeBadge } from "./change-badge.tsx";

/** What differs between the two sides about one item, and through what. */
interface Change {
  readonly item: Named;
  /** Set in all rows of a table, or in none. */
  readonly change?: string;
  readonly causes: readonly Cause[];
}

interface ChangeTableProps<Row extends Change> {
  readonly title: string;
  /** What the column of items is called. */
  readonly itemTitle: string;
  readonly testId: string;
  readonly keyOf: (row: Row) => string;
  readonly attributesOf?: (row: Row) => Readonly<Record<string, string | boolean>>;
  readonly rows: readonly Row[];
  /** Said where nothing differs. */
  readonly none: string;
  readonly before: (row: Row) => ComponentChildren;
  readonly after: (row: Row) => ComponentChildren;
}

/** Items that differ, each with how it is on either side and why. */
export function ChangeTable<Row extends Change>(props: ChangeTableProps<Row>) {
  const { title, itemTitle, testId, keyOf, attributesOf, rows, none, before, after } = props;
  const hasChange = rows.some(({ change }) => change !== undefined);
  return (
    <section class="section">
      <h2>
        {title} <span class="count">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p class="note">{none}</p>
      ) : (
        <TableFrame name={title} class="change-table" testId={testId} data={rows}>
          <thead>
            <tr>
              <th scope="col">{itemTitle}</th>
              {hasChange && <th scope="col">{t("compare.change")}</th>}
              <th scope="col">{t("compare.before")}</th>
              <th scope="col">{t("compare.after")}</th>
              <th scope="col">{t("detail.cause")}</th>
            </tr>
          </thead>
          <GrowingRows rows={rows}>
            {(row) => (
              <tr key={keyOf(row)} {...attributesOf?.(row)}>
                <th scope="row">
                  <ItemLinks items={[row.item]} separator="" />
                </th>
                {row.change !== undefined && (
                  <td>
                    <ChangeBadge change={row.change} />
                  </td>
                )}
                <td>{before(row)}</td>
                <td>{after(row)}</td>
                <td>
                  <Causes of={row.causes} />
                </td>
              </tr>
            )}
          </GrowingRows>
        </TableFrame>
      )}
    </section>
  );
}
