import { namesQuery } from "../api/disruption.ts";
import type { Named } from "../api/fragments.ts";
import { useQuery } from "../api/use-query.ts";
import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { language } from "../state/view.ts";
import { KindIcon, Name } from "./name.tsx";

/** The names of entities by their ids, as far as they are known. */
export function useNames(ids: readonly string[]): ReadonlyMap<string, Named> {
  const { data } = useQuery(namesQuery, ids.length === 0 ? null : { ids: [...ids].sort() });
  return new Map((data?.nodes ?? []).flatMap((node) => (node === null ? [] : [[node.id, node]])));
}

/** Whether this is the code of a country or region rather than the id of an entity. */
export function isCountry(id: string): boolean {
  return /^[A-Z]{2}$/.test(id);
}

interface ChosenProps {
  readonly ids: readonly string[];
  readonly onRemove: (id: string) => void;
}

/** Chosen entities and countries as chips that can be taken away. */
export function Chosen({ ids, onRemove }: ChosenProps) {
  const names = useNames(ids.filter((id) => !isCountry(id)));
  const nameOf = (id: string): string => {
    if (isCountry(id)) return countryName(id, language.value);
    const known = names.get(id);
    return known === undefined ? id : language.value === "en" ? (known.nameEn ?? known.name) : known.name;
  };
  return (
    <>
      {ids.map((id) => {
        const known = names.get(id);
        return (
          <span class="chip" key={id}>
            {known === undefined ? (
              `${isCountry(id) ? `${id} ` : ""}${nameOf(id)}`
            ) : (
              <>
                <KindIcon kind={known.kind} /> <Name of={known} />
              </>
            )}
            <button
              type="button"
              class="chip-close"
              aria-label={t("policy.remove", { name: nameOf(id) })}
              onClick={() => onRemove(id)}
            >
              ×
            </button>
          </span>
        );
      })}
    </>
  );
}
