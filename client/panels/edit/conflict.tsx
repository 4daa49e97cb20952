import { useState } from "preact/hooks";
import type { Property } from "../../api/edit.ts";
import { t } from "../../i18n/index.ts";
import { label, ontology } from "../../state/labels.ts";
import { language } from "../../state/view.ts";
import { type Draft, differing, merged } from "./draft.ts";

interface ConflictProps {
  readonly properties: readonly Property[];
  readonly base: Draft;
  readonly theirs: Draft;
  readonly mine: Draft;
  /** Goes on with what was decided; it is stored only when it is saved again. */
  readonly onDecide: (draft: Draft) => void;
}

/** What somebody else made of the record meanwhile beside what stands in the form: nothing is overwritten unseen. */
export function Conflict({ properties, base, theirs, mine, onDecide }: ConflictProps) {
  const differs = differing(theirs, mine);
  const changedHere = differing(base, mine);
  const [choice, setChoice] = useState<Readonly<Record<string, "theirs" | "mine">>>({});
  const chosen = (name: string) => choice[name] ?? (changedHere.includes(name) ? "mine" : "theirs");
  const rows = properties.filter(({ property }) => differs.includes(property));
  const isGone = Object.keys(theirs).length === 0;
  const decide = (): void => {
    const picked = rows.map(({ property }): [string, Draft[string]] => [
      property,
      (chosen(property) === "mine" ? mine : theirs)[property] ?? "",
    ]);
    onDecide({ ...merged(base, theirs, mine), ...Object.fromEntries(picked) });
  };
  return (
    <section class="conflict" role="alert" aria-label={t("conflict.title")} data-testid="conflict">
      <h3>{t(isGone ? "conflict.gone" : "conflict.title")}</h3>
      <p class="note">{t(isGone ? "conflict.gone.text" : "conflict.text")}</p>
      {!isGone && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("conflict.field")}</th>
              <th scope="col">{t("conflict.base")}</th>
              <th scope="col">{t("conflict.theirs")}</th>
              <th scope="col">{t("conflict.mine")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((definition) => {
              const { property, name } = definition;
              return (
                <tr key={property} data-testid={`conflict-${property}`}>
                  <th scope="row">{name[language.value]}</th>
                  <td>{shown(definition, base)}</td>
                  {(["theirs", "mine"] as const).map((side) => (
                    <td key={side}>
                      <label class="check">
                        <input
                          type="radio"
                          name={`conflict-${property}`}
                          checked={chosen(property) === side}
                          data-testid={`conflict-${property}-${side}`}
                          onChange={() => setChoice({ ...choice, [property]: side })}
                        />
                        {shown(definition, side === "mine" ? mine : theirs)}
                      </label>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p class="detail-actions">
        <button type="button" class="button" data-testid="conflict-decide" onClick={decide}>
          {t("conflict.decide")}
        </button>
        {!isGone && (
          <button type="button" class="button" data-testid="conflict-take-theirs" onClick={() => onDecide(theirs)}>
            {t("conflict.takeTheirs")}
          </button>
        )}
      </p>
    </section>
  );
}

function shown({ property, type }: Property, draft: Draft): string {
  const value = draft[property] ?? "";
  const values = typeof value === "string" ? (value === "" ? [] : [value]) : value;
  const name = type.replace("[]", "");
  const isListed = ontology.value?.enums.some((group) => group.enum === name) === true;
  const texts = values.map((each) => (isListed ? label(name, each) : each));
  return texts.length === 0 ? t("unknown") : texts.join(t("listSeparator"));
}
