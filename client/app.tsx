import { useEffect, useRef, useState } from "preact/hooks";
import { ontologyQuery } from "./api/ontology.ts";
import { useQuery } from "./api/use-query.ts";
import { type Key, t } from "./i18n/index.ts";
import { listenToKeys } from "./keyboard.ts";
import { Failure } from "./panels/answer.tsx";
import { ExplorePage } from "./panels/explore/explore.tsx";
import { GapsPage } from "./panels/gaps/gaps.tsx";
import { SourceDrawer } from "./panels/source-drawer.tsx";
import { StructurePage } from "./panels/structure/structure.tsx";
import { SubstitutionPage } from "./panels/substitution/substitution.tsx";
import { ontology } from "./state/labels.ts";
import { VIEW_NAMES, type ViewName } from "./state/permalink.ts";
import { addressOf, language, navigate, pageView, view } from "./state/view.ts";

const PAGES = {
  structure: StructurePage,
  gaps: GapsPage,
  substitution: SubstitutionPage,
  explore: ExplorePage,
} as const satisfies Record<ViewName, unknown>;

/** The whole page: the head with its tabs, the view that the URL names, and what opens over it. */
export function App() {
  const names = useQuery(ontologyQuery, {});
  const help = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (names.data !== undefined) ontology.value = names.data.ontology;
  }, [names.data]);
  useEffect(() => listenToKeys(() => help.current?.showModal()), []);
  const lang = language.value;
  const { view: name } = view.value;
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = `${t(`view.${name}`)} · ${t("title")}`;
  }, [lang, name]);
  const Page = PAGES[name];
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Head onHelp={() => help.current?.showModal()} />
      <main id="main" tabIndex={-1}>
        {names.error !== undefined && names.data === undefined ? (
          <Failure error={names.error} onRetry={names.retry} />
        ) : (
          <Page />
        )}
      </main>
      <SourceDrawer />
      <dialog ref={help} class="dialog" aria-label={t("help")} data-testid="help">
        <Keys />
        <form method="dialog">
          <button type="submit" class="button">
            {t("close")}
          </button>
        </form>
      </dialog>
    </>
  );
}

function Head({ onHelp }: { readonly onHelp: () => void }) {
  const { view: name } = view.value;
  const other = language.value === "zh" ? "en" : "zh";
  return (
    <header class="head">
      <p class="brand">
        <strong>{t("title")}</strong> <span class="brand-note">{t("subtitle")}</span>
      </p>
      <nav class="tabs" aria-label={t("views")}>
        {VIEW_NAMES.map((tab) => (
          <a
            key={tab}
            class="tab"
            href={addressOf(pageView({ view: tab }))}
            aria-current={tab === name ? "page" : undefined}
            title={t(`view.${tab}.long`)}
            data-testid={`tab-${tab}`}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              if (tab !== name) navigate(pageView({ view: tab }));
            }}
          >
            {t(`view.${tab}`)}
          </a>
        ))}
      </nav>
      <div class="head-tools">
        <CopyLink />
        <button type="button" class="head-button" onClick={onHelp} title={`${t("help")} (?)`}>
          {t("help")}
        </button>
        <a class="head-button" href="graphql">
          {t("api")}
        </a>
        <button
          type="button"
          class="head-button"
          lang={other === "zh" ? "zh-CN" : "en"}
          title={t("language.label")}
          data-testid="language"
          onClick={() => navigate({ lang: other })}
        >
          {t("language")}
        </button>
      </div>
    </header>
  );
}

function CopyLink() {
  const [state, setState] = useState<Key>("copyLink");
  useEffect(() => {
    if (state === "copyLink") return;
    const timer = setTimeout(() => setState("copyLink"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setState("copied");
    } catch {
      setState("copy.failed");
    }
  };
  return (
    <button type="button" class="head-button" data-testid="copy-link" onClick={() => void copy()}>
      <span aria-live="polite">{t(state)}</span>
    </button>
  );
}

const KEYS = [
  ["/", "keys.search"],
  ["1 2 3 4", "keys.views"],
  ["← ↑ → ↓", "keys.move"],
  ["Enter", "keys.open"],
  ["Esc", "keys.escape"],
  ["+ − 0", "keys.zoom"],
  ["?", "keys.help"],
] as const satisfies readonly (readonly [string, Key])[];

function Keys() {
  return (
    <>
      <h2>{t("help")}</h2>
      <dl class="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
