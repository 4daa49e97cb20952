import { signal } from "@preact/signals";

/** Whether the page hears of changes of the graph: not yet, as they happen, or not now, and it tries again. */
export type Hearing = "starting" | "live" | "lost";

export const hearing = signal<Hearing>("starting");

/** How often what the page holds of the graph was overtaken by a change: what is shown is asked for anew with each. */
export const edition = signal(0);

let known: number | null = null;

/** The version of the graph that answers must at least be of; null until one is known. */
export function knownVersion(): number | null {
  return known;
}

/** Takes note of a version; what is older than the one known says nothing new. Returns whether it is newer. */
export function noteVersion(version: number): boolean {
  const isNewer = known === null || version > known;
  if (isNewer) known = version;
  return isNewer;
}

/** Begins anew at a version, also at an older one: another graph has come in the place of the one known. */
export function restartAt(version: number): void {
  known = version;
}
