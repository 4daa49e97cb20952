import { useState } from "preact/hooks";
import type { Candidate } from "../../api/recruitment.ts";
import { t } from "../../i18n/index.ts";
import { ItemLinks } from "../item-links.tsx";
import { TableFrame } from "../table-frame.tsx";
import { CandidateName, CostText, GainText } from "./candidate-name.tsx";
import { LandButton } from "./land-button.tsx";

const SHOWN = 12;
const SHOWN_ITEMS = 4;

/** Who might be recruited, most worth alone first. */
export function CandidateTable({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const [isWhole, setWhole] = useState(false);
  if (candidates.length === 0) return <p class="note">{t("none")}</p>;
  return (
    <>
      <TableFrame name={t("recruit.candidates")} class="pick-table" testId="candidate-table" data={candidates}>
        <thead>
          <tr>
            <th scope="col">{t("recruit.who")}</th>
            <th scope="col">{t("recruit.alone")}</th>
            <th scope="col">{t("recruit.items")}</th>
            <th scope="col" class="num">
              {t("recruit.cost")}
            </th>
            <th scope="col">{t("recruit.whatIf")}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? candidates : candidates.slice(0, SHOWN)).map((candidate) => (
            <tr key={candidate.id} data-testid={`candidate-${candidate.id}`}>
              <th scope="row">
                <CandidateName of={candidate} />
              </th>
              <td>
                <GainText of={candidate.gain} />
              </td>
              <td>
                <ItemLinks
                  items={candidate.items.slice(0, SHOWN_ITEMS).map(({ item }) => item)}
                  separator={t("listSeparator")}
                />
                {candidate.items.length > SHOWN_ITEMS && (
                  <small>{t("outline.more", { n: candidate.items.length - SHOWN_ITEMS })}</small>
                )}
              </td>
              <td class="num">
                <CostText of={candidate} />
              </td>
              <td>
                <LandButton id={candidate.id} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {candidates.length > SHOWN && (
        <button type="button" class="link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("structure.less") : t("structure.more", { n: candidates.length - SHOWN })}
        </button>
      )}
    </>
  );
}
