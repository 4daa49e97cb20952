import { computed, signal } from "@preact/signals";
import { DEFAULT_VIEW, fromQuery, type Language, toQuery, type View } from "./permalink.ts";

/** What the page shows now; the address bar follows it. */
export const view = signal<View>(fromQuery(location.search));

/** The language in use: the one chosen, or else the browser's. */
export const language = computed<Language>(() => view.value.lang ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en"));

/** What the browser's history keeps of a step: whether it stayed on the same page of the service. */
interface Step {
  readonly isWithin: boolean;
}

/** Shows something else and makes it a step of the browser's history; `replace` corrects the present step. */
export function navigate(change: Partial<View>, { replace = false } = {}): void {
  const next = { ...view.value, ...change };
  const address = addressOf(next);
  if (address === addressOf(view.value)) return;
  const step: Step = { isWithin: next.view === view.value.view };
  if (replace) history.replaceState(history.state, "", address);
  else history.pushState(step, "", address);
  view.value = next;
}

/** Whether the last step changed something within this page. */
export function mayUndo(): boolean {
  return (history.state as Step | null)?.isWithin === true;
}

/** Takes back the last step within this page; nothing where there is none. */
export function undo(): void {
  if (mayUndo()) history.back();
}

/** The address of the present view with these changes, for links. */
export function addressOf(next: View): string {
  const query = toQuery(next);
  return query === "" ? location.pathname : `${location.pathname}?${query}`;
}

/** The view of a page as reached from the present one: the language and the policy stay, the rest begins anew. */
export function pageView(change: Partial<View>): View {
  const { lang, restricted, assumed, maxTier, minReadiness, asOf, target } = view.value;
  return { ...DEFAULT_VIEW, lang, restricted, assumed, maxTier, minReadiness, asOf, target, ...change };
}

/** Lets back and forward work. */
export function followHistory(): void {
  addEventListener("popstate", () => {
    view.value = fromQuery(location.search);
  });
}
