import { useEffect, useRef } from "preact/hooks";
import { provenanceQuery } from "../api/structure.ts";
import { useQuery } from "../api/use-query.ts";
import { t } from "../i18n/index.ts";
import { navigate, pageView, view } from "../state/view.ts";
import { Answer, Empty } from "./answer.tsx";
import { EntityFacts } from "./entity-facts.tsx";

/** Opens over the page whenever the view names an entity whose source is asked for. */
export function SourceDrawer() {
  const { source } = view.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const query = useQuery(provenanceQuery, source === null ? null : { id: source });
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (source !== null && !element.open) element.showModal();
    if (source === null && element.open) element.close();
  }, [source]);
  const close = (): void => navigate({ source: null });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the Escape key closes a dialog by itself
    <dialog
      ref={dialog}
      class="drawer"
      aria-label={t("source")}
      data-testid="source-drawer"
      onClose={() => {
        if (view.value.source !== null) close();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {source !== null && (
        <div class="drawer-body">
          <header class="drawer-head">
            <h2>{t("source")}</h2>
            <button type="button" class="icon-button" aria-label={t("close")} onClick={close}>
              ×
            </button>
          </header>
          <Answer of={query}>
            {({ node }) =>
              node === null ? <Empty title={t("empty.notFound", { id: source })} /> : <EntityFacts entity={node} />
            }
          </Answer>
          <p>
            <button
              type="button"
              class="button"
              onClick={() =>
                navigate(pageView({ view: "explore", open: [{ id: source, type: "" }], selected: source }))
              }
            >
              {t("source.explore")}
            </button>
          </p>
        </div>
      )}
    </dialog>
  );
}
