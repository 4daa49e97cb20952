import { VIEW_NAMES } from "./state/permalink.ts";
import { navigate, pageView, undo } from "./state/view.ts";

/** The keys that work everywhere on the page; those of the canvas live with it. Returns how to stop. */
export function listenToKeys(openHelp: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "z" || event.shiftKey) return;
      event.preventDefault();
      undo();
      return;
    }
    const view = VIEW_NAMES[Number(event.key) - 1];
    if (event.key === "/") focusSearch();
    else if (event.key === "?") openHelp();
    else if (event.key === "d") focusFirst("[data-detail]");
    else if (event.key === "g") focusFirst(".graph-canvas");
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

function focusFirst(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox], [type=radio], [type=range]), select, textarea")
  );
}
