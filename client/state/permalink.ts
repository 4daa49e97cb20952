/** The pages of the service, in the order of their tabs. */
export const VIEW_NAMES = [
  "structure",
  "gaps",
  "substitution",
  "disruption",
  "recruitment",
  "compare",
  "explore",
  "report",
  "edit",
] as const;
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

/** By what two plans must differ. */
export const PLAN_DISTINCTIONS = ["OFFER", "FIRM", "JURISDICTION"] as const;
export type PlanDistinction = (typeof PLAN_DISTINCTIONS)[number];

/** What may fail alone. */
export const FAILURE_KINDS = ["JURISDICTION", "FIRM", "ITEM"] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Whom a recruitment may suggest. */
export const CANDIDATE_KINDS = ["FIRM", "PROJECT", "ITEM"] as const;
export type CandidateKind = (typeof CANDIDATE_KINDS)[number];

export const REPORT_LANGUAGES = ["BOTH", "ZH", "EN"] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** What editors write: an offer, a single record, or whole files. */
export const EDIT_FORMS = ["supply", "entity", "import"] as const;
export type EditForm = (typeof EDIT_FORMS)[number];

/** Under which rules an analysis runs, as far as the page lets them be chosen. */
export interface Policy {
  /** Country codes, in the order chosen, each once. */
  readonly restricted: readonly string[];
  readonly assumed: boolean;
  /** Purchase tiers that are looked at; null = the full depth. */
  readonly maxTier: number | null;
  readonly minReadiness: Readiness;
  /** The day (YYYY-MM-DD) whose facts are taken; null = all recorded ones. */
  readonly asOf: string | null;
}

/** What Explore has opened: an entity's neighbours along one type of relationship, or along all (`""`). */
export interface Opening {
  readonly id: string;
  readonly type: string;
}

/** A node of Explore that stays where its reader has put it, in the units of the drawing. */
export interface Pin {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** All that decides what the page shows; the URL is another spelling of it. */
export interface View extends Policy {
  readonly view: ViewName;
  /** null = the browser's language. */
  readonly lang: Language | null;
  /** Id of the product, firm or chain that is analysed. */
  readonly target: string | null;
  /** The policy that the first one is compared with. */
  readonly other: Policy;
  /** Types of gaps shown; empty = all. */
  readonly types: readonly GapType[];
  /** Whether the gaps' graph draws every recorded source. */
  readonly allSources: boolean;
  /** Whether the plan's graphs draw every item, or those that decide. */
  readonly wholeChain: boolean;
  /** Which plan is drawn, from 1. */
  readonly plan: number;
  readonly distinctBy: PlanDistinction;
  /** Whether the plan's table leaves out what stays as it is. */
  readonly onlyChanges: boolean;
  /** Ids of firms and items, and codes of jurisdictions, that fail together. */
  readonly failed: readonly string[];
  /** How far the failure has spread, from 0: what fails itself; null = to the end. */
  readonly step: number | null;
  /** What is ranked as single points of failure; empty = all. */
  readonly failureKinds: readonly FailureKind[];
  /** What may be spent on recruitment, in the unit of the costs. */
  readonly budget: number;
  /** Whom recruitment suggests; empty = all. */
  readonly candidateKinds: readonly CandidateKind[];
  /** Ids of projects, firms and items that count as landed. */
  readonly landed: readonly string[];
  readonly reportLanguage: ReportLanguage;
  readonly form: EditForm;
  /** Id of the selected node or item. */
  readonly selected: string | null;
  /** Id of the entity whose source is open in the drawer. */
  readonly source: string | null;
  readonly open: readonly Opening[];
  /** Kinds that Explore leaves out. */
  readonly hiddenKinds: readonly string[];
  /** Ids that Explore leaves out. */
  readonly removed: readonly string[];
  /** Keys of the groups of a large graph whose members are drawn. */
  readonly groups: readonly string[];
  /** Each id once. */
  readonly pins: readonly Pin[];
  /** The ends of a connection, or of the offer that is edited. */
  readonly pathFrom: string | null;
  readonly pathTo: string | null;
}

const DEFAULT_POLICY: Policy = {
  restricted: ["US"],
  assumed: true,
  maxTier: 2,
  minReadiness: "QUALIFIED",
  asOf: null,
};

export const DEFAULT_VIEW: View = {
  view: "structure",
  lang: null,
  target: null,
  ...DEFAULT_POLICY,
  other: { ...DEFAULT_POLICY, restricted: ["US", "NL", "JP"] },
  types: [],
  allSources: false,
  wholeChain: false,
  plan: 1,
  distinctBy: "OFFER",
  onlyChanges: false,
  failed: [],
  step: null,
  failureKinds: [],
  budget: 3,
  candidateKinds: [],
  landed: [],
  reportLanguage: "BOTH",
  form: "supply",
  selected: null,
  source: null,
  open: [],
  hiddenKinds: [],
  removed: [],
  groups: [],
  pins: [],
  pathFrom: null,
  pathTo: null,
};

export const MAX_TIER = 9;
export const MAX_PLANS = 3;
export const MAX_BUDGET = 1e12;

/** The URL's query for a view, without the question mark; what is as by default is left out. */
export function toQuery(view: View): string {
  const query = new URLSearchParams();
  if (view.view !== DEFAULT_VIEW.view) query.set("view", view.view);
  if (view.lang !== null) query.set("lang", view.lang);
  if (view.target !== null) query.set("target", view.target);
  writePolicy(query, view, DEFAULT_VIEW, "");
  writePolicy(query, view.other, DEFAULT_VIEW.other, OTHER);
  for (const type of view.types) query.append("type", type);
  if (view.allSources) query.set("sources", "all");
  if (view.wholeChain) query.set("chain", "whole");
  if (view.plan !== DEFAULT_VIEW.plan) query.set("plan", String(view.plan));
  if (view.distinctBy !== DEFAULT_VIEW.distinctBy) query.set("distinct", view.distinctBy);
  if (view.onlyChanges) query.set("steps", "changed");
  for (const id of view.failed) query.append("fail", id);
  if (view.step !== null) query.set("step", String(view.step));
  for (const kind of view.failureKinds) query.append("rank", kind);
  if (view.budget !== DEFAULT_VIEW.budget) query.set("budget", String(view.budget));
  for (const kind of view.candidateKinds) query.append("candidate", kind);
  for (const id of view.landed) query.append("landed", id);
  if (view.reportLanguage !== DEFAULT_VIEW.reportLanguage) query.set("report", view.reportLanguage);
  if (view.form !== DEFAULT_VIEW.form) query.set("form", view.form);
  if (view.selected !== null) query.set("selected", view.selected);
  if (view.source !== null) query.set("source", view.source);
  for (const { id, type } of view.open) query.append("open", `${type}~${id}`);
  for (const kind of view.hiddenKinds) query.append("hide", kind);
  for (const id of view.removed) query.append("removed", id);
  for (const key of view.groups) query.append("group", key);
  for (const { id, x, y } of view.pins) query.append("pin", `${x}~${y}~${id}`);
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
    ...readPolicy(query, DEFAULT_VIEW, ""),
    other: readPolicy(query, DEFAULT_VIEW.other, OTHER),
    types: someOf(GAP_TYPES, query.getAll("type")),
    allSources: query.get("sources") === "all",
    wholeChain: query.get("chain") === "whole",
    plan: integer(query.get("plan"), MAX_PLANS) ?? DEFAULT_VIEW.plan,
    distinctBy: oneOf(PLAN_DISTINCTIONS, query.get("distinct")) ?? DEFAULT_VIEW.distinctBy,
    onlyChanges: query.get("steps") === "changed",
    failed: ids(query.getAll("fail")),
    step: step(query.get("step")),
    failureKinds: someOf(FAILURE_KINDS, query.getAll("rank")),
    budget: budget(query.get("budget")),
    candidateKinds: someOf(CANDIDATE_KINDS, query.getAll("candidate")),
    landed: ids(query.getAll("landed")),
    reportLanguage: oneOf(REPORT_LANGUAGES, query.get("report")) ?? DEFAULT_VIEW.reportLanguage,
    form: oneOf(EDIT_FORMS, query.get("form")) ?? DEFAULT_VIEW.form,
    selected: id(query.get("selected")),
    source: id(query.get("source")),
    open: query.getAll("open").flatMap((value) => opening(value) ?? []),
    hiddenKinds: ids(query.getAll("hide")),
    removed: ids(query.getAll("removed")),
    groups: ids(query.getAll("group")),
    pins: pins(query.getAll("pin")),
    pathFrom: id(query.get("from")),
    pathTo: id(query.get("to")),
  };
}

const OTHER = "other-";

function writePolicy(query: URLSearchParams, policy: Policy, usual: Policy, prefix: string): void {
  const { restricted, assumed, maxTier, minReadiness, asOf } = policy;
  if (restricted.join() !== usual.restricted.join()) query.set(`${prefix}restricted`, restricted.join("."));
  if (!assumed) query.set(`${prefix}assumed`, "no");
  if (maxTier !== usual.maxTier) query.set(`${prefix}tier`, maxTier === null ? "all" : String(maxTier));
  if (minReadiness !== usual.minReadiness) query.set(`${prefix}readiness`, minReadiness);
  if (asOf !== null) query.set(`${prefix}day`, asOf);
}

function readPolicy(query: URLSearchParams, usual: Policy, prefix: string): Policy {
  const get = (name: string): string | null => query.get(prefix + name);
  return {
    restricted: countries(get("restricted")) ?? usual.restricted,
    assumed: get("assumed") !== "no",
    maxTier: get("tier") === "all" ? null : (integer(get("tier"), MAX_TIER) ?? usual.maxTier),
    minReadiness: oneOf(READINESS, get("readiness")) ?? usual.minReadiness,
    asOf: day(get("day")),
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

function ids(values: readonly string[]): string[] {
  return distinct(values.filter((value) => value !== ""));
}

function someOf<T extends string>(values: readonly T[], texts: readonly string[]): T[] {
  return distinct(texts.flatMap((text) => oneOf(values, text) ?? []));
}

function countries(text: string | null): readonly string[] | null {
  if (text === null) return null;
  return distinct(text.split(".").filter((code) => /^[A-Z]{2}$/.test(code)));
}

function integer(text: string | null, max: number): number | null {
  if (text === null || !/^[1-9]$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

function step(text: string | null): number | null {
  return text !== null && /^(0|[1-9]\d{0,3})$/.test(text) ? Number(text) : null;
}

function budget(text: string | null): number {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  // A sum with 0 turns -0, which no address can tell from 0, into it.
  return value >= 0 && value <= MAX_BUDGET ? value + 0 : DEFAULT_VIEW.budget;
}

/** A day of the calendar as YYYY-MM-DD. */
function day(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

function opening(text: string): Opening | null {
  const cut = text.indexOf("~");
  if (cut === -1 || cut === text.length - 1) return null;
  return { type: text.slice(0, cut), id: text.slice(cut + 1) };
}

function pins(texts: readonly string[]): readonly Pin[] {
  const found = new Map<string, Pin>();
  for (const text of texts) {
    const [, x, y, pinned] = /^(0|-?[1-9]\d{0,5})~(0|-?[1-9]\d{0,5})~(.+)$/s.exec(text) ?? [];
    if (pinned !== undefined && !found.has(pinned)) found.set(pinned, { id: pinned, x: Number(x), y: Number(y) });
  }
  return [...found.values()];
}
