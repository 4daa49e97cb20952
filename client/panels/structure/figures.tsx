import type { Figure } from "../../api/structure.ts";
import { formatFigure, formatUnit } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { language, navigate } from "../../state/view.ts";
import { AssertionBadge, placeText } from "../evidence.tsx";
import { Bilingual, Name } from "../name.tsx";

/** Every stated figure as a card that opens its source. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  const ordered = [...figures].sort(byPlace);
  return (
    <section class="section">
      <h2>{t("structure.figures")}</h2>
      <p class="note">{t("structure.figures.note")}</p>
      <div class="figures" data-testid="figures">
        {ordered.map((figure) => (
          <FigureCard key={figure.id} figure={figure} />
        ))}
      </div>
    </section>
  );
}

function FigureCard({ figure }: { readonly figure: Figure }) {
  const lang = language.value;
  const unit = lang === "zh" ? figure.unit : (figure.unitEn ?? figure.unit);
  const words = { [figure.qualifier]: label("Qualifier", figure.qualifier) };
  const subject = figure.measures.nodes.find((node) => node.kind !== "Cluster");
  return (
    <button
      type="button"
      class="figure"
      title={t("source.open")}
      data-testid={`figure-${figure.id}`}
      onClick={() => navigate({ source: figure.id })}
    >
      <span class="figure-name">
        <Name of={figure} />
      </span>
      <span class="figure-value">
        {formatFigure(figure, words, lang)} <small>{formatUnit(unit)}</small>
      </span>
      <span class="figure-note">
        {figure.period !== null && <Bilingual zh={figure.period} en={figure.periodEn} />}
        {subject !== undefined && (
          <span>
            <Name of={subject} />
          </span>
        )}
        {figure.assertion !== "STATED" && <AssertionBadge assertion={figure.assertion} />}
        {figure.locator !== null && <span class="figure-place">{placeText(figure.locator)}</span>}
      </span>
    </button>
  );
}

/** In the order in which the document states them. */
function byPlace(one: Figure, other: Figure): number {
  return (one.locator ?? "").localeCompare(other.locator ?? "", "en", { numeric: true });
}
