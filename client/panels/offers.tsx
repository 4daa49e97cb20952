import type { OfferRow } from "../api/fragments.ts";
import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { language, view } from "../state/view.ts";
import { AssertionBadge, Evidence, type Recorded } from "./evidence.tsx";
import { Share } from "./meter.tsx";
import { Name } from "./name.tsx";

/** Country code of whoever offers; null where it is unknown. */
function countryOf(offer: OfferRow): string | null {
  const { provider } = offer;
  if ("country" in provider && typeof provider.country === "string") return provider.country;
  if ("code" in provider && typeof provider.code === "string") return provider.code;
  return null;
}

/** A country by its code, marked where the policy restricts it. */
export function Country({ code }: { readonly code: string | null }) {
  if (code === null) return <span class="country unknown">{t("unknown")}</span>;
  const isRestricted = view.value.restricted.includes(code);
  return (
    <span class={`country ${isRestricted ? "country-restricted" : ""}`} title={countryName(code, language.value)}>
      {code}
    </span>
  );
}

/** An offer in one line. */
export function OfferLine({ offer }: { readonly offer: OfferRow }) {
  return (
    <span class="offer-line">
      <Country code={countryOf(offer)} /> <Name of={offer.provider} />
      {offer.assertion === "ASSUMED" && <AssertionBadge assertion={offer.assertion} />}
    </span>
  );
}

interface OfferListProps {
  readonly title: string;
  readonly hint?: string;
  readonly offers: readonly OfferRow[];
  readonly tone: "good" | "danger" | "muted";
  /** Where each offer is recorded, by the offer's id. */
  readonly evidence: ReadonlyMap<string, Recorded>;
}

/** Offers with share, readiness and source. */
export function OfferList({ title, hint, offers, tone, evidence }: OfferListProps) {
  return (
    <section class="offers">
      <h4 class={`offers-title text-${tone}`} title={hint}>
        {title} <span class="count">{offers.length}</span>
      </h4>
      {offers.length === 0 ? (
        <p class="note">{t("detail.noOffers")}</p>
      ) : (
        <ul class="plain-list">
          {offers.map((offer) => {
            const recorded = evidence.get(offer.id);
            return (
              <li key={offer.id} class="offer">
                <div class="offer-row">
                  <OfferLine offer={offer} />
                  <span class="offer-facts">
                    <Share share={offer.share} basis={offer.shareBasis} />
                    {offer.level !== null && <span>{label("OfferLevel", offer.level)}</span>}
                    <span>
                      {offer.readiness === null ? (
                        <span class="unknown">
                          {t("offer.readiness")} {t("unknown")}
                        </span>
                      ) : (
                        label("Readiness", offer.readiness)
                      )}
                    </span>
                  </span>
                </div>
                {recorded !== undefined && (
                  <details class="inline-details">
                    <summary>{t("detail.evidence")}</summary>
                    <Evidence of={recorded} />
                  </details>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
