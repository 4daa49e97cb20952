import { useRef } from "preact/hooks";
import type { Named } from "../api/fragments.ts";
import { nameQuery, targetsQuery } from "../api/structure.ts";
import { useQuery } from "../api/use-query.ts";
import { t } from "../i18n/index.ts";
import { navigate, view } from "../state/view.ts";
import { KindIcon, Name } from "./name.tsx";
import { SearchBox, type SearchKinds } from "./search-box.tsx";

const ANALYSED: SearchKinds = ["Product", "Firm", "Chain"];

/** Shows what is analysed and lets the reader choose: leaders and chains first, anything by search. */
export function TargetPicker() {
  const { target } = view.value;
  const dialog = useRef<HTMLDetailsElement>(null);
  const current = useQuery(nameQuery, target === null ? null : { id: target });
  const node = current.data?.node ?? null;
  const pick = ({ id }: { readonly id: string }): void => {
    if (dialog.current !== null) dialog.current.open = false;
    navigate({ target: id, selected: null, types: [], plan: 1, step: null });
  };
  return (
    <details ref={dialog} class="picker" data-testid="target-picker">
      <summary class="picker-button">
        <span class="picker-label">{t("target.label")}</span>
        {node !== null && <KindIcon kind={node.kind} />}
        <strong data-testid="target-name">{node === null ? (target ?? t("target.pick")) : <Name of={node} />}</strong>
        <span aria-hidden="true">▾</span>
      </summary>
      <div class="picker-panel">
        <SearchBox
          label={t("target.placeholder")}
          placeholder={t("target.placeholder")}
          kinds={ANALYSED}
          onPick={pick}
          testId="target-search"
          isMain
        />
        <TargetSuggestions onPick={pick} />
      </div>
    </details>
  );
}

/** The leaders and chains as buttons. */
export function TargetSuggestions({ onPick }: { readonly onPick: (entity: Named) => void }) {
  const { data } = useQuery(targetsQuery, {});
  const groups = [
    { title: t("target.leaders"), entities: data?.structure.leaders ?? [] },
    { title: t("target.chains"), entities: data?.structure.chains ?? [] },
  ];
  return (
    <>
      {groups.map(({ title, entities }) => (
        <div key={title} class="picker-group">
          <h2>{title}</h2>
          <div class="chips">
            {entities.map((entity) => (
              <button
                type="button"
                class="chip chip-button"
                key={entity.id}
                data-testid={`target-${entity.id}`}
                onClick={() => onPick(entity)}
              >
                <KindIcon kind={entity.kind} /> <Name of={entity} />
              </button>
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
