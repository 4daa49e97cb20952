import { computed, signal } from "@preact/signals";
import { DEFAULT_VIEW, fromQuery, type Language, toQuery, type View } from "./permalink.ts";

/** What the page shows now; the address bar follows it. */
export const view = signal<View>(fromQuery(location.search));

/** The language in use: the one chosen, or else the browser's. */
export const language = computed<Language>(() => view.value.lang ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en"));

/** Shows something else and makes it a step of the browser's history; `replace` corrects the present step. */
export function navigate(change: Partial<View>, { replace = false } = {}): void {
  const next = { ...view.value, ...change };
  const address = addressOf(next);
  if (address === addressOf(view.value)) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  view.value = next;
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
