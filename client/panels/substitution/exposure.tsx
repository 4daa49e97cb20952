import type { Exposure } from "../../api/substitution.ts";
import { t } from "../../i18n/index.ts";
import { ItemLinks } from "../item-links.tsx";
import { Meter } from "../meter.tsx";
import { OfferLine } from "../offers.tsx";
import { OutputLoss } from "../output-loss.tsx";

const SHOWN_OFFERS = 4;

/** How much of a target's output is lost without the restricted sources, and through what. */
export function ExposureFacts({ of }: { readonly of: Exposure }) {
  return (
    <div data-testid="exposure">
      <dl class="pairs">
        <OutputLoss of={of} />
        <dt>{t("exposure.direct")}</dt>
        <dd>
          <Meter bounds={of.directShare} max={1} tone="accent" label={t("exposure.direct")} />
        </dd>
      </dl>
      {of.witness.length > 0 && (
        <p class="note">
          {t("exposure.witness")}: <ItemLinks items={of.witness} separator=" ← " />
          {of.witnessOffers.length > 0 && " ← "}
          {of.witnessOffers.slice(0, SHOWN_OFFERS).map((offer) => (
            <OfferLine key={offer.id} offer={offer} />
          ))}
        </p>
      )}
    </div>
  );
}
