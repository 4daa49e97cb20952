import type { Candidate } from "../../api/recruitment.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t, word } from "../../i18n/index.ts";
import { language, navigate } from "../../state/view.ts";
import { KindIcon, Name } from "../name.tsx";
import { Country } from "../offers.tsx";

/** Who might come, as a link to the firm and its sources. */
export function CandidateName({ of }: { readonly of: Candidate }) {
  const { entity, id, kind } = of;
  const country = entity !== null && "country" in entity && typeof entity.country === "string" ? entity.country : null;
  return (
    <>
      {country !== null && <Country code={country} />}{" "}
      {entity === null ? (
        id
      ) : (
        <button type="button" class="link" title={t("source.open")} onClick={() => navigate({ source: entity.id })}>
          <KindIcon kind={entity.kind} /> <Name of={entity} />
        </button>
      )}
      <small>{word("candidate", kind)}</small>
    </>
  );
}

/** A cost; one that is not recorded says so. */
export function CostText({ of }: { readonly of: Candidate }) {
  if (!of.costKnown)
    return (
      <span class="unknown" title={t("recruit.cost.unknown")}>
        {t("unknown")} (1)
      </span>
    );
  return <>{formatNumber(of.cost, language.value)}</>;
}

/** What a recruit is worth: output that comes back, then growth of potential. */
export function GainText({ of }: { readonly of: Candidate["gain"] }) {
  const format = (value: number): string => formatNumber(value, language.value);
  const { restored, potential } = of;
  const growth =
    potential.low === potential.high ? format(potential.low) : `${format(potential.low)} – ${format(potential.high)}`;
  return (
    <>
      {restored > 0 && <strong>{t("recruit.restored", { share: format(restored * 100) })}</strong>}
      <small>{t("recruit.potential", { n: growth })}</small>
    </>
  );
}
