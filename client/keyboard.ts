import { VIEW_NAMES } from "./state/permalink.ts";
import { navigate, pageView } from "./state/view.ts";

/** The keys that work everywhere on the page; those of the canvas live with it. Returns how to stop. */
export function listenToKeys(openHelp: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const view = VIEW_NAMES[Number(event.key) - 1];
    if (event.key === "/") focusSearch();
    else if (event.key === "?") openHelp();
    else if (view !== undefined) navigate(pageView({ view }));
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", onKeyDown);
  return () => removeEventListener("keydown", onKeyDown);
}

function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>("[data-main-search]");
  if (box === null) {
    navigate(pageView({ view: "explore" }));
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>("[data-main-search]")?.focus());
    return;
  }
  const folded = box.closest("details");
  if (folded !== null) folded.open = true;
  box.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}
