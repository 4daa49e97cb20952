import { type RankedFailure, type Ranking, rankingQuery } from "../../api/disruption.ts";
import { useQuery } from "../../api/use-query.ts";
import { countryName, formatPercent } from "../../i18n/format.ts";
import { t, word } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { FAILURE_KINDS, type FailureKind } from "../../state/permalink.ts";
import { language, navigate, view } from "../../state/view.ts";
import { Answer } from "../answer.tsx";
import { GrowingRows } from "../growing-rows.tsx";
import { Meter } from "../meter.tsx";
import { KindIcon, Name } from "../name.tsx";
import type { PolicyInput } from "../policy-bar.tsx";
import { TableFrame } from "../table-frame.tsx";

const FETCHED = 60;

/** Single points of failure, the worst first; a row makes it fail. */
export function RankingPanel({ target, policy }: { readonly target: string; readonly policy: PolicyInput }) {
  const { failureKinds } = view.value;
  const kinds = failureKinds.length === 0 ? null : [...failureKinds];
  const query = useQuery(rankingQuery, { target, kinds, policy, first: FETCHED });
  return (
    <>
      <div class="list-head">
        <h2>{t("ranking.title")}</h2>
        {query.data !== undefined && (
          <span class="note">
            {t("showing", {
              n: query.data.disruptionRanking.failures.length,
              m: query.data.disruptionRanking.totalCount,
            })}
          </span>
        )}
      </div>
      <fieldset class="filter" aria-label={t("ranking.kinds")}>
        {FAILURE_KINDS.map((kind) => (
          <button
            type="button"
            key={kind}
            class="filter-button"
            aria-pressed={failureKinds.includes(kind)}
            data-testid={`rank-${kind}`}
            onClick={() => navigate({ failureKinds: toggled(failureKinds, kind) })}
          >
            {word("failure", kind)}
          </button>
        ))}
      </fieldset>
      <Answer of={query} lines={12}>
        {({ disruptionRanking }) => <RankingTable ranking={disruptionRanking} />}
      </Answer>
    </>
  );
}

function toggled(kinds: readonly FailureKind[], kind: FailureKind): FailureKind[] {
  return kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind];
}

function RankingTable({ ranking }: { readonly ranking: Ranking }) {
  if (ranking.failures.length === 0) return <p class="note">{t("none")}</p>;
  return (
    <TableFrame name={t("ranking.title")} class="ranking-table" testId="ranking-table" data={ranking.failures}>
      <thead>
        <tr>
          <th scope="col">{t("ranking.what")}</th>
          <th scope="col" class="num" title={t("disruption.stopped")}>
            {t("ranking.stopped")}
          </th>
          <th scope="col" class="num" title={t("disruption.stops")}>
            {t("ranking.stops")}
          </th>
          <th scope="col">{t("exposure.loss")}</th>
        </tr>
      </thead>
      <GrowingRows rows={ranking.failures}>
        {(failure) => <FailureRow key={`${failure.kind} ${failure.id}`} failure={failure} />}
      </GrowingRows>
    </TableFrame>
  );
}

function FailureRow({ failure }: { readonly failure: RankedFailure }) {
  const { failed } = view.value;
  const { id, kind, entity, isTarget } = failure;
  const isChosen = failed.length === 1 && failed[0] === id;
  const fail = (): void => navigate({ failed: isChosen ? [] : [id], step: null, selected: null });
  return (
    <tr class="row-button" aria-selected={isChosen} data-testid={`failure-${id}`} onClick={fail}>
      <th scope="row">
        <button
          type="button"
          class="link"
          aria-pressed={isChosen}
          onClick={(event) => {
            event.stopPropagation();
            fail();
          }}
        >
          <KindIcon kind={kind === "ITEM" ? "Product" : kind === "FIRM" ? "Firm" : "Jurisdiction"} />{" "}
          {kind === "JURISDICTION" ? (
            `${id} ${countryName(id, language.value)}`
          ) : entity === null ? (
            id
          ) : (
            <Name of={entity} />
          )}
        </button>
        <small>
          {word("failure", kind)}
          {isTarget && ` · ${label("mark", "TARGET")}`}
        </small>
      </th>
      <td class="num">{formatPercent(failure.stoppedWeight, language.value)}</td>
      <td class="num">{failure.stops}</td>
      <td>
        <Meter bounds={failure.gradedLoss} max={1} tone="danger" label={t("exposure.loss")} />
      </td>
    </tr>
  );
}
