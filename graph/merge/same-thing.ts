import type { Kind } from "../ontology.ts";
import type { EntityRecord } from "../records.ts";
import { normalise } from "../search-text.ts";
import { coreName, coreWithoutPlace, stockListing } from "./core-name.ts";

/** What speaks for or against two entities being one. */
export type EvidenceCode = keyof typeof WEIGHTS | keyof typeof DOUBTS;

export interface Evidence {
  readonly code: EvidenceCode;
  /** For: how sure it alone makes us, in [0, 1]. Against: the factor, in [0, 1), that it leaves of the rest. */
  readonly weight: number;
  /** What the one and the other say. */
  readonly values: readonly [string, string];
}

/** Two entities that may be the same thing. */
export interface MergeProposal {
  readonly kind: Kind;
  /** The one that is stated and known better; where they are equal, the one whose id comes first. */
  readonly keep: string;
  readonly drop: string;
  /** In (0, 1): 1 − Π (1 − weight) of what speaks for it, times the factors of what speaks against it. */
  readonly score: number;
  readonly reasons: readonly Evidence[];
  readonly doubts: readonly Evidence[];
}

/** Our judgement, not measured: how sure each agreement alone makes us. */
const WEIGHTS = {
  CREDIT_CODE: 0.99,
  STOCK_CODE: 0.95,
  SAME_NAME: 0.9,
  SAME_CORE_NAME: 0.8,
  ALIAS_IS_NAME: 0.75,
  SHARED_ALIAS: 0.5,
  SAME_NAME_BUT_FOR_PLACE: 0.4,
} as const;

/** What is left of a score; a credit code belongs to one legal person, so two of them leave nothing. */
const DOUBTS = {
  OTHER_CREDIT_CODE: 0,
  OTHER_STOCK_CODE: 0.3,
  OTHER_COUNTRY: 0.4,
  OTHER_REGION: 0.7,
  OTHER_CATEGORY: 0.4,
} as const;

/** Figures are alike by nature, and are no things of the world. */
const NEVER_MERGED: ReadonlySet<Kind> = new Set(["Indicator"]);
/** In a group that shares a key and is larger than this, only neighbours by id are compared. */
const LARGEST_GROUP = 50;

/**
 * Which entities of one kind may be the same under another name: by credit code, stock code, names and aliases without
 * legal forms, width, case and signs. Pairs with a score of at least `minScore`, the surest first, then by id. Pure; its
 * cost grows with the number of entities that share a key, not with all pairs.
 */
export function proposeMerges(entities: Iterable<EntityRecord>, minScore = 0.5): MergeProposal[] {
  const groups = new Map<string, Profile[]>();
  for (const entity of entities) {
    if (NEVER_MERGED.has(entity.kind)) continue;
    const profile = profileOf(entity);
    for (const key of new Set(keysOf(profile))) {
      const group = groups.get(`${entity.kind} ${key}`) ?? [];
      groups.set(`${entity.kind} ${key}`, group);
      group.push(profile);
    }
  }
  const proposals = new Map<string, MergeProposal>();
  for (const group of groups.values()) {
    group.sort((a, b) => compare(a.entity.id, b.entity.id));
    for (const [index, one] of group.entries()) {
      const others = group.slice(index + 1, group.length > LARGEST_GROUP ? index + 2 : undefined);
      for (const other of others) {
        const key = `${one.entity.id} ${other.entity.id}`;
        if (proposals.has(key) || one.entity.id === other.entity.id) continue;
        const proposal = compared(one, other);
        if (proposal.score > 0 && proposal.score >= minScore) proposals.set(key, proposal);
      }
    }
  }
  return [...proposals.values()].sort(
    (a, b) => b.score - a.score || compare(a.keep, b.keep) || compare(a.drop, b.drop),
  );
}

interface Profile {
  readonly entity: EntityRecord;
  readonly names: readonly string[];
  readonly cores: readonly string[];
  readonly aliasCores: readonly string[];
  readonly placeless: readonly string[];
  readonly creditCode: string | undefined;
  readonly listing: ReturnType<typeof stockListing>;
}

function profileOf(entity: EntityRecord): Profile {
  const { name, nameEn, aliases, region, creditCode, stockCode } = entity.properties;
  const names = [name, nameEn].filter((text) => typeof text === "string");
  const cores = names.map(coreName);
  return {
    entity,
    names: names.map(normalise),
    cores,
    aliasCores: Array.isArray(aliases) ? aliases.map(coreName) : [],
    placeless: cores.map((core) => coreWithoutPlace(core, typeof region === "string" ? region : undefined)),
    creditCode: typeof creditCode === "string" ? normalise(creditCode) : undefined,
    listing: typeof stockCode === "string" ? stockListing(stockCode) : undefined,
  };
}

function keysOf({ cores, aliasCores, placeless, creditCode, listing }: Profile): string[] {
  return [
    ...[...cores, ...aliasCores, ...placeless].filter((core) => core.length > 1).map((core) => `name ${core}`),
    ...(creditCode === undefined ? [] : [`credit ${creditCode}`]),
    ...(listing === undefined ? [] : [`stock ${listing.symbol}`]),
  ];
}

function compared(one: Profile, other: Profile): MergeProposal {
  const reasons = [...agreements(one, other)];
  const doubts = [...contradictions(one, other)];
  const sure = 1 - reasons.reduce((unsure, { weight }) => unsure * (1 - weight), 1);
  const [keep, drop] = isKnownBetter(other.entity, one.entity) ? [other, one] : [one, other];
  return {
    kind: one.entity.kind,
    keep: keep.entity.id,
    drop: drop.entity.id,
    score: doubts.reduce((score, { weight }) => score * weight, sure),
    reasons,
    doubts,
  };
}

/** Of names only the strongest agreement counts: they are not independent. */
function* agreements(one: Profile, other: Profile): Generator<Evidence> {
  const evidence = (code: keyof typeof WEIGHTS, a: string, b: string, factor = 1): Evidence => ({
    code,
    weight: WEIGHTS[code] * factor,
    values: [a, b],
  });
  const credit = one.entity.properties["creditCode"];
  if (one.creditCode !== undefined && one.creditCode === other.creditCode)
    yield evidence("CREDIT_CODE", String(credit), String(other.entity.properties["creditCode"]));
  if (one.listing !== undefined && one.listing.symbol === other.listing?.symbol && !atOtherExchange(one, other))
    yield evidence(
      "STOCK_CODE",
      String(one.entity.properties["stockCode"]),
      String(other.entity.properties["stockCode"]),
    );
  const steps: readonly (readonly [keyof typeof WEIGHTS, readonly string[], readonly string[]])[] = [
    ["SAME_NAME", one.names, other.names],
    ["SAME_CORE_NAME", one.cores, other.cores],
    ["ALIAS_IS_NAME", one.aliasCores, other.cores],
    ["ALIAS_IS_NAME", one.cores, other.aliasCores],
    ["SHARED_ALIAS", one.aliasCores, other.aliasCores],
    ["SAME_NAME_BUT_FOR_PLACE", one.placeless, other.placeless],
    ["SAME_NAME_BUT_FOR_PLACE", one.placeless, other.aliasCores],
    ["SAME_NAME_BUT_FOR_PLACE", one.aliasCores, other.placeless],
  ];
  for (const [code, some, others] of steps) {
    const common = some.find((text) => others.includes(text));
    if (common === undefined) continue;
    // Two signs are soon the same by chance.
    yield evidence(code, shownName(one), shownName(other), common.length < 3 ? 0.6 : 1);
    return;
  }
}

function* contradictions(one: Profile, other: Profile): Generator<Evidence> {
  const of = (code: keyof typeof DOUBTS, a: unknown, b: unknown): Evidence => ({
    code,
    weight: DOUBTS[code],
    values: [String(a), String(b)],
  });
  const a = one.entity.properties;
  const b = other.entity.properties;
  if (one.creditCode !== undefined && other.creditCode !== undefined && one.creditCode !== other.creditCode)
    yield of("OTHER_CREDIT_CODE", a["creditCode"], b["creditCode"]);
  if (
    one.listing !== undefined &&
    other.listing !== undefined &&
    one.listing.symbol !== other.listing.symbol &&
    one.listing.exchange === other.listing.exchange
  )
    yield of("OTHER_STOCK_CODE", a["stockCode"], b["stockCode"]);
  for (const [code, name] of [
    ["OTHER_COUNTRY", "country"],
    ["OTHER_REGION", "region"],
    ["OTHER_CATEGORY", "category"],
  ] as const)
    if (a[name] !== undefined && b[name] !== undefined && a[name] !== b[name]) yield of(code, a[name], b[name]);
}

function atOtherExchange({ listing: a }: Profile, { listing: b }: Profile): boolean {
  return a?.exchange !== undefined && b?.exchange !== undefined && a.exchange !== b.exchange;
}

function shownName({ entity }: Profile): string {
  const { name } = entity.properties;
  return typeof name === "string" ? name : entity.id;
}

function isKnownBetter(one: EntityRecord, other: EntityRecord): boolean {
  const stated = (entity: EntityRecord) => (entity.properties["assertion"] === "STATED" ? 1 : 0);
  const known = (entity: EntityRecord) => Object.keys(entity.properties).length;
  const better = stated(one) - stated(other) || known(one) - known(other);
  return better === 0 ? one.id < other.id : better > 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
