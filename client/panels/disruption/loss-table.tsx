import { useState } from "preact/hooks";
import type { Disruption } from "../../api/disruption.ts";
import { t } from "../../i18n/index.ts";
import { GrowingRows } from "../growing-rows.tsx";
import { ItemLinks } from "../item-links.tsx";
import { Meter } from "../meter.tsx";
import { TableFrame } from "../table-frame.tsx";

const SHOWN = 20;

/** What loses a part of its output, the most first. */
export function LossTable({ losses }: { readonly losses: Disruption["losses"] }) {
  const [isWhole, setWhole] = useState(false);
  if (losses.length === 0) return <p class="note">{t("none")}</p>;
  return (
    <>
      <TableFrame name={t("disruption.losses")} class="loss-table" testId="loss-table" data={losses}>
        <thead>
          <tr>
            <th scope="col">{t("gaps.item")}</th>
            <th scope="col">{t("exposure.loss")}</th>
            <th scope="col">{t("disruption.via")}</th>
          </tr>
        </thead>
        <GrowingRows rows={isWhole ? losses : losses.slice(0, SHOWN)}>
          {({ item, gradedLoss, via }) => (
            <tr key={item.id}>
              <th scope="row">
                <ItemLinks items={[item]} separator="" />
              </th>
              <td>
                <Meter bounds={gradedLoss} max={1} tone="danger" label={t("exposure.loss")} />
              </td>
              <td>
                {via === null ? (
                  <span class="note">{t("disruption.own")}</span>
                ) : (
                  <ItemLinks items={[via]} separator="" />
                )}
              </td>
            </tr>
          )}
        </GrowingRows>
      </TableFrame>
      {losses.length > SHOWN && (
        <button type="button" class="link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("structure.less") : t("structure.more", { n: losses.length - SHOWN })}
        </button>
      )}
    </>
  );
}
