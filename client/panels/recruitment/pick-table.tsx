import type { Pick } from "../../api/recruitment.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language } from "../../state/view.ts";
import { GapBadge } from "../badge.tsx";
import { ItemLinks } from "../item-links.tsx";
import { TableFrame } from "../table-frame.tsx";
import { CandidateName, CostText, GainText } from "./candidate-name.tsx";
import { LandButton } from "./land-button.tsx";

interface PickTableProps {
  readonly name: string;
  readonly picks: readonly Pick[];
  readonly testId: string;
  /** Whether they count as landed already: nothing is spent on them. */
  readonly isLanded?: boolean;
}

/** Whom to recruit, in order, and what each closes beyond those before it. */
export function PickTable({ name, picks, testId, isLanded = false }: PickTableProps) {
  return (
    <TableFrame name={name} class="pick-table" testId={testId} data={picks}>
      <thead>
        <tr>
          <th scope="col" class="num">
            {t("recruit.order")}
          </th>
          <th scope="col">{t("recruit.who")}</th>
          <th scope="col">{t("recruit.gain")}</th>
          <th scope="col">{t("recruit.closes")}</th>
          {!isLanded && (
            <th scope="col" class="num">
              {t("recruit.cost")}
            </th>
          )}
          <th scope="col">{t("recruit.whatIf")}</th>
        </tr>
      </thead>
      <tbody>
        {picks.map((pick, index) => (
          <tr key={pick.candidate.id} data-testid={`pick-${pick.candidate.id}`}>
            <td class="num">{index + 1}</td>
            <th scope="row">
              <CandidateName of={pick.candidate} />
            </th>
            <td>
              <GainText of={pick.gain} />
            </td>
            <td>
              <Closed pick={pick} />
            </td>
            {!isLanded && (
              <td class="num">
                <CostText of={pick.candidate} />
                <small>{t("recruit.sum", { n: formatNumber(pick.cumulativeCost, language.value) })}</small>
              </td>
            )}
            <td>
              <LandButton id={pick.candidate.id} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** The gaps that one closes, whole or in part, and what becomes available with it. */
function Closed({ pick }: { readonly pick: Pick }) {
  if (pick.closes.length === 0 && pick.unblocks.length === 0)
    return <span class="note">{t("recruit.closes.none")}</span>;
  return (
    <>
      <ul class="plain-list">
        {pick.closes.map(({ item, types, whole }) => (
          <li key={item.id} class="closed">
            <span aria-hidden="true">{whole ? "●" : "◐"}</span> <ItemLinks items={[item]} separator="" />
            <span class="badges">
              {types.map((type) => (
                <GapBadge key={type} type={type} />
              ))}
            </span>
            <small>{whole ? t("recruit.whole") : t("recruit.part")}</small>
          </li>
        ))}
      </ul>
      {pick.unblocks.length > 0 && (
        <small>
          {t("recruit.unblocks")}: <ItemLinks items={pick.unblocks} separator={t("listSeparator")} />
        </small>
      )}
    </>
  );
}
