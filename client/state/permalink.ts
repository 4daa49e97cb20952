/** The four pages of the service. */
export const VIEW_NAMES = ["structure", "gaps", "substitution", "explore"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** In ascending order of maturity, as the schema has them. */
export const READINESS = ["RESEARCH", "SAMPLE", "QUALIFIED", "MASS_PRODUCTION"] as const;
export type Readiness = (typeof READINESS)[number];

export const GAP_TYPES = [
  "CHOKEPOINT",
  "MISSING",
  "DEPENDENT",
  "SINGLE_SOURCE",
  "SINGLE_JURISDICTION",
  "CONCENTRATED",
  "NOT_LOCAL",
  "UNSURVEYED",
  "UNRECORDED_SOURCE",
] as const;
export type GapType = (typeof GAP_TYPES)[number];

/** What Explore has opened: an entity's neighbours along one type of relationship, or along all (`""`). */
export interface Opening {
  readonly id: string;
  readonly type: string;
}

/** All that decides what the page shows; the URL is another spelling of it. */
export interface View {
  readonly view: ViewName;
  /** null = the browser's language. */
  readonly lang: Language | null;
  /** Id of the product, firm or chain that is analysed. */
  readonly target: string | null;
  /** Country codes, in the order chosen, each once. */
  readonly restricted: readonly string[];
  readonly assumed: boolean;
  /** Purchase tiers that are looked at; null = the full depth. */
  readonly maxTier: number | null;
  readonly minReadiness: Readiness;
  /** Types of gaps shown; empty = all. */
  readonly types: readonly GapType[];
  /** Whether the gaps' graph draws every recorded source. */
  readonly allSources: boolean;
  /** Whether the plan's graphs draw every item, or those that decide. */
  readonly wholeChain: boolean;
  /** Which plan is drawn, from 1. */
  readonly plan: number;
  /** Id of the selected node or item. */
  readonly selected: string | null;
  /** Id of the entity whose source is open in the drawer. */
  readonly source: string | null;
  readonly open: readonly Opening[];
  /** Kinds that Explore leaves out. */
  readonly hiddenKinds: readonly string[];
  /** Ids that Explore leaves out. */
  readonly removed: readonly string[];
  readonly pathFrom: string | null;
  readonly pathTo: string | null;
}

export const DEFAULT_VIEW: View = {
  view: "structure",
  lang: null,
  target: null,
  restricted: ["US"],
  assumed: true,
  maxTier: 2,
  minReadiness: "QUALIFIED",
  types: [],
  allSources: false,
  wholeChain: false,
  plan: 1,
  selected: null,
  source: null,
  open: [],
  hiddenKinds: [],
  removed: [],
  pathFrom: null,
  pathTo: null,
};

export const MAX_TIER = 9;
export const MAX_PLANS = 3;

/** The URL's query for a view, without the question mark; what is as by default is left out. */
export function toQuery(view: View): string {
  const query = new URLSearchParams();
  if (view.view !== DEFAULT_VIEW.view) query.set("view", view.view);
  if (view.lang !== null) query.set("lang", view.lang);
  if (view.target !== null) query.set("target", view.target);
  if (view.restricted.join() !== DEFAULT_VIEW.restricted.join()) query.set("restricted", view.restricted.join("."));
  if (!view.assumed) query.set("assumed", "no");
  if (view.maxTier !== DEFAULT_VIEW.maxTier) query.set("tier", view.maxTier === null ? "all" : String(view.maxTier));
  if (view.minReadiness !== DEFAULT_VIEW.minReadiness) query.set("readiness", view.minReadiness);
  for (const type of view.types) query.append("type", type);
  if (view.allSources) query.set("sources", "all");
  if (view.wholeChain) query.set("chain", "whole");
  if (view.plan !== DEFAULT_VIEW.plan) query.set("plan", String(view.plan));
  if (view.selected !== null) query.set("selected", view.selected);
  if (view.source !== null) query.set("source", view.source);
  for (const { id, type } of view.open) query.append("open", `${type}~${id}`);
  for (const kind of view.hiddenKinds) query.append("hide", kind);
  for (const id of view.removed) query.append("removed", id);
  if (view.pathFrom !== null) query.set("from", view.pathFrom);
  if (view.pathTo !== null) query.set("to", view.pathTo);
  return query.toString();
}

/** The view that a URL's query stands for; what is missing or makes no sense is as by default. */
export function fromQuery(text: string): View {
  const query = new URLSearchParams(text);
  return {
    view: oneOf(VIEW_NAMES, query.get("view")) ?? DEFAULT_VIEW.view,
    lang: oneOf(LANGUAGES, query.get("lang")),
    target: id(query.get("target")),
    restricted: countries(query.get("restricted")),
    assumed: query.get("assumed") !== "no",
    maxTier: tier(query.get("tier")),
    minReadiness: oneOf(READINESS, query.get("readiness")) ?? DEFAULT_VIEW.minReadiness,
    types: distinct(query.getAll("type").flatMap((value) => oneOf(GAP_TYPES, value) ?? [])),
    allSources: query.get("sources") === "all",
    wholeChain: query.get("chain") === "whole",
    plan: integer(query.get("plan"), MAX_PLANS) ?? DEFAULT_VIEW.plan,
    selected: id(query.get("selected")),
    source: id(query.get("source")),
    open: query.getAll("open").flatMap((value) => opening(value) ?? []),
    hiddenKinds: distinct(query.getAll("hide").filter((value) => value !== "")),
    removed: distinct(query.getAll("removed").filter((value) => value !== "")),
    pathFrom: id(query.get("from")),
    pathTo: id(query.get("to")),
  };
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null;
}

function id(text: string | null): string | null {
  return text === "" ? null : text;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function countries(text: string | null): readonly string[] {
  if (text === null) return DEFAULT_VIEW.restricted;
  return distinct(text.split(".").filter((code) => /^[A-Z]{2}$/.test(code)));
}

function integer(text: string | null, max: number): number | null {
  if (text === null || !/^[1-9]$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

function tier(text: string | null): number | null {
  return text === "all" ? null : (integer(text, MAX_TIER) ?? DEFAULT_VIEW.maxTier);
}

function opening(text: string): Opening | null {
  const cut = text.indexOf("~");
  if (cut === -1 || cut === text.length - 1) return null;
  return { type: text.slice(0, cut), id: text.slice(cut + 1) };
}
