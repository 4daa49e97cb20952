import { useEffect, useMemo, useRef } from "preact/hooks";
import { evidenceQuery, type GapRow, localizationQuery } from "../../api/gaps.ts";
import { useQuery } from "../../api/use-query.ts";
import { formatBounds, formatNumber, formatPercent } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { mayEdit } from "../../state/session.ts";
import { language, navigate, pageView, view } from "../../state/view.ts";
import { Answer } from "../answer.tsx";
import { GapBadge } from "../badge.tsx";
import type { Recorded } from "../evidence.tsx";
import { ItemLinks } from "../item-links.tsx";
import { LocalizationFacts } from "../localization.tsx";
import { Name } from "../name.tsx";
import { OfferLine, OfferList } from "../offers.tsx";
import { policyOf } from "../policy-bar.tsx";
import { GapResources } from "./gap-resources.tsx";

/** Why an item is a gap, who offers it, who works on it, and where to go on. */
export function GapDetail({ gap }: { readonly gap: GapRow }) {
  const { item } = gap;
  const localization = useQuery(localizationQuery, { target: item.id, policy: policyOf(view.value) });
  const evidence = useEvidence(item.id);
  const [first] = gap.types;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (matchMedia("(max-width: 1100px)").matches) section.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <section
      ref={section}
      class="detail"
      aria-label={t("detail.cause")}
      tabIndex={-1}
      data-detail=""
      data-testid="gap-detail"
    >
      <header class="detail-head">
        <h3>
          <Name of={item} />
        </h3>
        <small>{label("ProductCategory", item.category)}</small>
        <span class="badges">
          {gap.types.map((type) => (
            <GapBadge key={type} type={type} isPossible={gap.possible.includes(type)} />
          ))}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={t("detail.close")}
          onClick={() => navigate({ selected: null })}
        >
          ×
        </button>
      </header>
      <div class="detail-body">
        <section>
          <h4>{t("detail.cause")}</h4>
          {first !== undefined && <p>{t(`cause.${first}`, { tier: gap.tier ?? "–" })}</p>}
          {gap.roots.length > 0 && (
            <p>
              {t("detail.roots")}: <ItemLinks items={gap.roots} separator={t("listSeparator")} />
            </p>
          )}
          {gap.path.length > 1 && (
            <p class="detail-path">
              {t("detail.path")}: <ItemLinks items={gap.path} separator=" ← " />
            </p>
          )}
          <p class="detail-actions">
            <button
              type="button"
              class="button"
              onClick={() => navigate(pageView({ view: "substitution", selected: item.id }))}
            >
              {t("detail.openPlan")}
            </button>
            <button
              type="button"
              class="button"
              onClick={() =>
                navigate(pageView({ view: "explore", open: [{ id: item.id, type: "" }], selected: item.id }))
              }
            >
              {t("detail.openExplore")}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => navigate(pageView({ view: "recruitment", selected: item.id }))}
            >
              {t("detail.openRecruitment")}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => navigate(pageView({ view: "disruption", failed: [item.id] }))}
            >
              {t("detail.openDisruption")}
            </button>
            {mayEdit.value && (
              <button
                type="button"
                class="button"
                data-testid="add-supplier"
                onClick={() => navigate(pageView({ view: "edit", pathTo: item.id }))}
              >
                {t("edit.addSupplier")}
              </button>
            )}
            <button type="button" class="button" onClick={() => navigate({ source: item.id })}>
              {t("source")}
            </button>
          </p>
        </section>
        <ScoreFactors factors={gap.factors} />
        <OfferList title={t("detail.restricted")} offers={gap.restrictedOffers} tone="danger" evidence={evidence} />
        <OfferList title={t("detail.admissible")} offers={gap.admissibleOffers} tone="good" evidence={evidence} />
        {gap.unusableOffers.length > 0 && (
          <OfferList
            title={t("detail.unusable")}
            hint={t("detail.unusable.hint")}
            offers={gap.unusableOffers}
            tone="muted"
            evidence={evidence}
          />
        )}
        <GapResources gap={gap} />
        <section>
          <h4>{t("detail.localization")}</h4>
          <Answer of={localization} lines={2}>
            {(data) => <LocalizationFacts of={data.localization} />}
          </Answer>
        </section>
      </div>
    </section>
  );
}

/** Of what the score is made: each offer, how it counts, and with which share. */
function ScoreFactors({ factors }: { readonly factors: GapRow["factors"] }) {
  if (factors.length === 0) return null;
  const format = (value: number): string => formatNumber(value, language.value);
  return (
    <details class="inline-details">
      <summary>{t("detail.factors")}</summary>
      <p class="note">{t("detail.factors.hint")}</p>
      <ul class="plain-list">
        {factors.map(({ offer, grade, share }) => (
          <li key={offer.id} class="offer-row">
            <OfferLine offer={offer} />
            <span class="offer-facts">
              <span>
                {t("factor.grade")} {formatBounds(grade, format)}
              </span>
              <span>
                {t("offer.share")} {formatBounds(share, (value) => formatPercent(value, language.value))}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where the offers of an item are recorded, by the offer's id. */
export function useEvidence(item: string | null): ReadonlyMap<string, Recorded> {
  const { data } = useQuery(evidenceQuery, item === null ? null : { item });
  return useMemo(() => {
    const node = data?.node;
    const edges = node?.__typename === "Product" ? node.suppliers.edges : [];
    return new Map(edges.map((edge) => [edge.id, edge]));
  }, [data]);
}
