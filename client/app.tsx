import { CombinedError } from "@urql/core";
import type { ComponentType } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { reconnect } from "./api/follow-graph.ts";
import { ontologyQuery } from "./api/ontology.ts";
import { useQuery } from "./api/use-query.ts";
import { type Key, t } from "./i18n/index.ts";
import { listenToKeys } from "./keyboard.ts";
import { Account, SignIn } from "./panels/account.tsx";
import { Failure, Loading } from "./panels/answer.tsx";
import { ontology } from "./state/labels.ts";
import { hearing } from "./state/live.ts";
import { VIEW_NAMES, type ViewName } from "./state/permalink.ts";
import { mayEdit, mustSignIn } from "./state/session.ts";
import { addressOf, language, navigate, pageView, view } from "./state/view.ts";

/** Each view is fetched when it is first looked at. */
const PAGES: Readonly<Record<ViewName, () => Promise<ComponentType>>> = {
  structure: () => import("./panels/structure/structure.tsx").then((module) => module.StructurePage),
  gaps: () => import("./panels/gaps/gaps.tsx").then((module) => module.GapsPage),
  substitution: () => import("./panels/substitution/substitution.tsx").then((module) => module.SubstitutionPage),
  disruption: () => import("./panels/disruption/disruption.tsx").then((module) => module.DisruptionPage),
  recruitment: () => import("./panels/recruitment/recruitment.tsx").then((module) => module.RecruitmentPage),
  compare: () => import("./panels/compare/compare.tsx").then((module) => module.ComparePage),
  report: () => import("./panels/report/report.tsx").then((module) => module.ReportPage),
  edit: () => import("./panels/edit/edit.tsx").then((module) => module.EditPage),
  explore: () => import("./panels/explore/explore.tsx").then((module) => module.ExplorePage),
};

/** The whole page: the head with its tabs, the view that the URL names, and what opens over it. */
export function App() {
  const names = useQuery(ontologyQuery, mustSignIn.value ? null : {});
  const help = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (names.data !== undefined) ontology.value = names.data.ontology;
  }, [names.data]);
  useEffect(() => listenToKeys(() => help.current?.showModal()), []);
  const lang = language.value;
  const { view: name } = view.value;
  const title = `${t(`view.${name}`)} · ${t("title")}`;
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = title;
  }, [lang, title]);
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Head onHelp={() => help.current?.showModal()} />
      <main id="main" tabIndex={-1}>
        {name !== "structure" && <h1 class="visually-hidden">{t(`view.${name}.long`)}</h1>}
        {mustSignIn.value ? (
          <SignIn />
        ) : names.error !== undefined && names.data === undefined ? (
          <Failure error={names.error} onRetry={names.retry} isComing={names.isComing} />
        ) : (
          <Page name={name} />
        )}
      </main>
      {!mustSignIn.value && <Drawer />}
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

/** The source drawer, fetched when a source is first asked for. */
function Drawer() {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null);
  const isAsked = view.value.source !== null;
  useEffect(() => {
    if (isAsked) void import("./panels/source-drawer.tsx").then((module) => setLoaded(() => module.SourceDrawer));
  }, [isAsked]);
  return Loaded === null ? null : <Loaded />;
}

function Page({ name }: { readonly name: ViewName }) {
  const [loaded, setLoaded] = useState<{ readonly name: ViewName; readonly View: ComponentType } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    PAGES[name]().then((View) => setLoaded({ name, View }), setFailure);
  }, [name]);
  useEffect(load, [load]);
  if (failure !== null)
    return <Failure error={new CombinedError({ networkError: failure })} onRetry={() => location.reload()} />;
  if (loaded?.name !== name) return <Loading lines={12} />;
  return <loaded.View />;
}

function Head({ onHelp }: { readonly onHelp: () => void }) {
  const { view: name } = view.value;
  const other = language.value === "zh" ? "en" : "zh";
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the tabs scroll: the one of this view must be among those seen.
    tabs.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [name]);
  return (
    <header class="head">
      <p class="brand">
        <strong>{t("title")}</strong> <span class="brand-note">{t("subtitle")}</span>
      </p>
      <nav ref={tabs} class="tabs" aria-label={t("views")}>
        {VIEW_NAMES.filter((tab) => tab !== "edit" || mayEdit.value).map((tab) => (
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
        <Hearing />
        <Account />
        <CopyLink />
        <button type="button" class="head-button" data-testid="print" onClick={() => print()}>
          {t("print")}
        </button>
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

/** Whether what is shown follows the graph by itself, by sign and word. */
function Hearing() {
  const state = hearing.value;
  if (state === "starting") return null;
  return (
    <span class={`hearing hearing-${state}`} role="status" title={t(`live.${state}.long`)}>
      {state === "live" ? (
        <span data-testid="live-live">
          <span aria-hidden="true">●</span> {t("live.live")}
        </span>
      ) : (
        <button type="button" class="head-button" data-testid="live-lost" onClick={reconnect}>
          <span aria-hidden="true">○</span> {t("live.lost")}
        </button>
      )}
    </span>
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
  ["1 – 9", "keys.views"],
  ["d", "keys.detail"],
  ["g", "keys.graph"],
  ["← ↑ → ↓", "keys.move"],
  ["Enter", "keys.open"],
  ["Esc", "keys.escape"],
  ["Ctrl Z", "keys.undo"],
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
