import type { ComponentChildren } from "preact";
import type { Provenance } from "../api/structure.ts";
import { countryName, formatFigure, formatUnit, safeUrl } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { language } from "../state/view.ts";
import { AssertionBadge, placeText } from "./evidence.tsx";
import { Bilingual, KindLabel, Name, Statement, Title } from "./name.tsx";

/** What is recorded of an entity, and where it is from. */
export function EntityFacts({ entity }: { readonly entity: Provenance }) {
  const lang = language.value;
  const isChinese = lang === "zh";
  const description = isChinese ? entity.description : (entity.descriptionEn ?? entity.description);
  return (
    <div class="facts">
      <h3 class="facts-name">
        <Name of={entity} />
      </h3>
      <p class="facts-kind">
        <KindLabel kind={entity.kind} />
        <AssertionBadge assertion={entity.assertion} />
      </p>
      {entity.__typename === "Indicator" && (
        <p class="facts-figure">
          {figureText(entity)} <small>{formatUnit(isChinese ? entity.unit : (entity.unitEn ?? entity.unit))}</small>
        </p>
      )}
      {(entity.statement !== null || entity.statementEn !== null) && (
        <blockquote class="facts-statement">
          <Statement of={entity} />
        </blockquote>
      )}
      <dl class="facts-list">
        {entity.locator !== null && <Fact name={t("source.place")}>{placeText(entity.locator)}</Fact>}
        {entity.sources.map((source) => (
          <DocumentFacts key={source.id} source={source} />
        ))}
        {entity.sources.length === 0 && entity.__typename !== "Source" && (
          <Fact name={t("source.document")}>{t("source.none")}</Fact>
        )}
        {entity.__typename === "Source" && <DocumentFacts source={entity} />}
        {entity.__typename === "Indicator" && (
          <>
            <BilingualFact name={t("source.period")} zh={entity.period} en={entity.periodEn} />
            <BilingualFact name={t("source.basis")} zh={entity.basis} en={entity.basisEn} />
            <BilingualFact name={t("source.region")} zh={entity.place} en={entity.placeEn} />
          </>
        )}
        {entity.__typename === "Policy" && (
          <>
            <BilingualFact name={t("source.issuer")} zh={entity.issuer} en={entity.issuerEn} />
            <BilingualFact name={t("source.number")} zh={entity.documentNumber} en={null} />
          </>
        )}
        {entity.__typename === "Firm" && (
          <Fact name={label("kind", "Jurisdiction")}>
            {entity.country === null ? t("unknown") : `${entity.country} ${countryName(entity.country, lang)}`}
            {entity.region !== null && ` · ${entity.region}`}
          </Fact>
        )}
        {entity.quote !== null && <Fact name={t("source.quote")}>{entity.quote}</Fact>}
        {description !== null && <Fact name={t("source.description")}>{description}</Fact>}
        {entity.aliases.length > 0 && <Fact name={t("source.aliases")}>{entity.aliases.join(t("listSeparator"))}</Fact>}
        {(entity.validFrom !== null || entity.validTo !== null) && (
          <Fact name={t("source.validity")}>
            {entity.validFrom ?? "…"} – {entity.validTo ?? "…"}
          </Fact>
        )}
        <Fact name={t("source.dataset")}>
          <code>{entity.dataset}</code> · <code>{entity.id}</code>
        </Fact>
      </dl>
    </div>
  );
}

function figureText(figure: { readonly value: number; readonly qualifier: string }): string {
  return formatFigure(figure, { [figure.qualifier]: label("Qualifier", figure.qualifier) }, language.value);
}

function DocumentFacts({ source }: { readonly source: Provenance["sources"][number] }) {
  const url = safeUrl(source.url);
  return (
    <>
      <Fact name={t("source.document")}>
        <Title of={source} />
      </Fact>
      {source.publisher !== null && <Fact name={t("source.publisher")}>{source.publisher}</Fact>}
      {source.date !== null && <Fact name={t("source.date")}>{source.date}</Fact>}
      {source.licence !== null && <Fact name={t("source.licence")}>{source.licence}</Fact>}
      {url !== null && (
        <Fact name={t("source.link")}>
          <a href={url} target="_blank" rel="noopener noreferrer">
            {url}
          </a>
        </Fact>
      )}
    </>
  );
}

function BilingualFact({
  name,
  zh,
  en,
}: {
  readonly name: string;
  readonly zh: string | null;
  readonly en: string | null;
}) {
  if (zh === null) return null;
  return (
    <Fact name={name}>
      <Bilingual zh={zh} en={en} />
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
