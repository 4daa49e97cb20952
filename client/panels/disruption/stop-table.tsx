import type { LostWay, Stop } from "../../api/disruption.ts";
import type { Moment } from "../../canvas/spread.ts";
import { t, word } from "../../i18n/index.ts";
import { view } from "../../state/view.ts";
import { GrowingRows } from "../growing-rows.tsx";
import { ItemLinks } from "../item-links.tsx";
import { Name } from "../name.tsx";
import { OfferLine } from "../offers.tsx";
import { TableFrame } from "../table-frame.tsx";

interface StopTableProps {
  readonly stops: readonly Stop[];
  readonly moments: readonly Moment[];
  readonly passed: number;
}

const SHOWN_WAYS = 3;

/** What stops, in order, and what ended each way it was to be had. */
export function StopTable({ stops, moments, passed }: StopTableProps) {
  if (stops.length === 0) return <p class="note">{t("disruption.none")}</p>;
  const order = new Map(moments.map(({ tier, step }, index) => [`${tier} ${step}`, index + 1]));
  return (
    <TableFrame name={t("disruption.stops")} class="stop-table" testId="stop-table" data={stops}>
      <thead>
        <tr>
          <th scope="col">{t("disruption.when")}</th>
          <th scope="col">{t("gaps.item")}</th>
          <th scope="col">{t("disruption.state")}</th>
          <th scope="col">{t("disruption.why")}</th>
        </tr>
      </thead>
      <GrowingRows rows={stops}>
        {(stop) => {
          const { item, firm, tier, step, ways } = stop;
          const isStopped = (order.get(`${tier} ${step}`) ?? 0) <= passed;
          return (
            <tr
              key={`${item.id} ${firm?.id}`}
              aria-selected={item.id === view.value.selected}
              data-testid={`stop-${firm === null ? item.id : firm.id}`}
              data-stopped={isStopped}
            >
              <td>{t("disruption.tier", { tier, step: step + 1 })}</td>
              <th scope="row">
                <ItemLinks items={[item]} separator="" />
                {firm !== null && (
                  <small>
                    <Name of={firm} />
                  </small>
                )}
              </th>
              <td>
                <span class={`badge ${isStopped ? "tone-danger line-solid" : "tone-plain line-dotted"}`}>
                  {isStopped ? `✕ ${t("disruption.stoppedNow")}` : `○ ${t("disruption.runs")}`}
                </span>
              </td>
              <td>
                <Ways ways={ways} />
              </td>
            </tr>
          );
        }}
      </GrowingRows>
    </TableFrame>
  );
}

function Ways({ ways }: { readonly ways: readonly LostWay[] }) {
  const rest = ways.length - SHOWN_WAYS;
  return (
    <ul class="plain-list">
      {ways.slice(0, SHOWN_WAYS).map((way, index) => (
        <li key={way.offer?.id ?? `${way.kind} ${index}`}>
          {way.offer === null ? word("way", way.kind) : <OfferLine offer={way.offer} />}{" "}
          <small>
            {way.slot === null ? (
              t("disruption.removedBy", { names: way.removedBy.join(t("listSeparator")) })
            ) : (
              <>
                {t("disruption.slot")} <ItemLinks items={way.slot.alternatives} separator={t("listSeparator")} />
              </>
            )}
          </small>
        </li>
      ))}
      {rest > 0 && <li class="note">{t("outline.more", { n: rest })}</li>}
    </ul>
  );
}
