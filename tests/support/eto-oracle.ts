import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Alpha-3 codes as the data set writes them (MAL is its own for Malaysia) → alpha-2. */
const ALPHA2: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "AUT AT,BLR BY,CAN CA,CHE CH,CHN CN,CZE CZ,DEU DE,FRA FR,GBR GB,ISR IL,ITA IT,JPN JP,KOR KR,LUX LU,MAL MY,NLD NL," +
    "SGP SG,SWE SE,TWN TW,USA US"
  )
    .split(",")
    .map((pair) => pair.split(" ") as [string, string]),
);

/** Who provides an input. `place` null = not known; `share` null = not stated. */
export interface EtoProvision {
  readonly provider: string;
  readonly isCountry: boolean;
  readonly place: string | null;
  readonly share: number | null;
  readonly negligible: boolean;
}

export interface EtoInput {
  readonly id: string;
  readonly type: string;
  readonly needs: readonly string[];
  readonly variants: readonly string[];
  readonly provisions: readonly EtoProvision[];
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What a chip is asked under. */
export interface EtoQuestion {
  readonly without?: readonly string[];
  readonly removedFirm?: string;
  readonly minShare?: number;
  readonly variants?: "ANY" | "ALL";
  readonly supplied?: ReadonlySet<string>;
}

/**
 * The questions of `docs/eto.md` answered from the files alone, for comparison: its own reading, its own fixpoint by
 * repetition, shares by trying every extreme allocation. Nothing here comes from the code under test.
 */
export class EtoOracle {
  readonly inputs: ReadonlyMap<string, EtoInput>;
  /** Ids of the organisations. */
  readonly firms: readonly string[];
  /** Alpha-2 codes of all countries of providers. */
  readonly countries: readonly string[];

  constructor(folder: string) {
    const read = (file: string) => table(readFileSync(join(folder, file), "utf8"));
    const providers = new Map(read("providers.csv").map((row) => [row["provider_id"]!, row]));
    const sequence = read("sequence.csv");
    const provisions = new Map<string, EtoProvision[]>();
    const seen = new Set<string>();
    for (const row of read("provision.csv")) {
      const [id, of] = [row["provider_id"]!, row["provided_id"]!];
      if (seen.has(`${id} ${of}`)) continue;
      seen.add(`${id} ${of}`);
      const provider = providers.get(id)!;
      const isCountry = provider["provider_type"] === "country" && provider["provider_name"] !== "Various";
      const place = alpha2(isCountry ? provider["provider_name"]! : provider["country"]!);
      const share = row["share_provided"] === "" ? null : Number.parseFloat(row["share_provided"]!) / 100;
      const negligible = row["negligible_market_share"] !== "";
      provisions.set(of, [...(provisions.get(of) ?? []), { provider: id, isCountry, place, share, negligible }]);
    }
    const ids = (column: string, value: string) => [
      ...new Set(sequence.filter((row) => row[column] === value).map((row) => row["input_id"]!)),
    ];
    this.inputs = new Map(
      read("inputs.csv").map((row) => {
        const id = row["input_id"]!;
        const needs = ids("goes_into_id", id);
        const variants = ids("is_type_of_id", id);
        return [id, { id, type: row["type"]!, needs, variants, provisions: provisions.get(id) ?? [] }];
      }),
    );
    const all = [...providers.values()];
    this.firms = all.filter((row) => row["provider_type"] === "organization").map((row) => row["provider_id"]!);
    const places = all.map((row) =>
      alpha2(row["provider_type"] === "country" ? row["provider_name"]! : row["country"]!),
    );
    this.countries = [...new Set(places.filter((place) => place !== null))].sort();
  }

  /** Everything that goes into an input at any depth, itself included. */
  upstream(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    for (const one of found) for (const next of [...this.#of(one).needs, ...this.#of(one).variants]) found.add(next);
    return found;
  }

  /** Share of a country in an input's supply, over every extreme way to hand out what is not stated; null without supply. */
  share(id: string, country: string): Bounds | null {
    const groups = this.#groups(id);
    if (groups.length === 0) return null;
    const stated = sum(groups.map((group) => group.mass));
    const open = groups.filter((group) => group.open);
    const left = open.length === 0 && stated >= 0.98 ? 0 : Math.max(0, 1 - stated);
    const little = groups.filter((group) => group.little);
    const found: number[] = [];
    for (let mask = 0; mask < 2 ** little.length; mask += 1) {
      let rest = left;
      const extra = new Map<Group, number>();
      little.forEach((group, bit) => {
        if (((mask >>> bit) & 1) === 0) return;
        extra.set(group, Math.min(0.02, rest));
        rest -= Math.min(0.02, rest);
      });
      for (const taker of open.length > 0 ? open : [null])
        for (const strays of [false, true]) {
          const isIn = (group: Group) => (group.place === null ? strays : group.place === country);
          const held = sum(groups.filter(isIn).map((group) => group.mass + (extra.get(group) ?? 0)));
          const taken = taker === null ? strays : isIn(taker);
          found.push((held + (taken ? rest : 0)) / (stated + left));
        }
    }
    // With nobody listed who may hold it, what is not stated may be anyone's: the country's or not.
    if (open.length === 0 && left > 0)
      for (const inside of [0, 1]) {
        const held = sum(groups.filter((group) => group.place === country).map((group) => group.mass));
        found.push((held + inside * left) / (stated + left));
      }
    return { low: Math.min(...found), high: Math.max(...found) };
  }

  /** HHI (0 to 10,000) and the largest share by country: what is not stated spread in small parts, or heaped up. */
  concentration(id: string): { readonly hhi: Bounds; readonly cr1: Bounds } | null {
    const groups = this.#groups(id);
    if (groups.length === 0) return null;
    const stated = sum(groups.map((group) => group.mass));
    const left = !groups.some((group) => group.open) && stated >= 0.98 ? 0 : Math.max(0, 1 - stated);
    const holders = groups.filter((group) => !group.little || group.mass > 0);
    const strays = holders.filter((group) => group.place === null);
    const named = [...new Set(holders.filter((group) => group.place !== null).map((group) => group.place!))];
    const joined = named.map((place) => merge(holders.filter((group) => group.place === place)));
    const apart = [...joined, ...strays.map((group) => merge([group]))];
    const least = spread(apart, left);
    // Of unknown country: each apart, all of one country of their own, or all of any that is listed.
    const layouts = [apart, [...joined, merge(strays)]];
    for (const host of joined) layouts.push([...joined.filter((other) => other !== host), merge([host, ...strays])]);
    const heaps = layouts.flatMap((layout) => heaped(layout, left));
    const index = (masses: readonly number[]) => 10_000 * sum(masses.map((mass) => (mass / (stated + left)) ** 2));
    const largest = (masses: readonly number[]) => Math.max(0, ...masses) / (stated + left);
    return {
      hhi: { low: index(least), high: Math.max(...heaps.map(index)) },
      cr1: { low: largest(least), high: Math.max(...heaps.map(largest)) },
    };
  }

  /** What is lost of an input, through any depth, when a country's supply falls away: from nothing, until nothing grows. */
  loss(id: string, country: string, variants: "ANY" | "ALL"): Bounds {
    const bound = (side: "low" | "high"): number => {
      const lost = new Map([...this.inputs.keys()].map((one) => [one, 0]));
      for (let grew = true; grew; ) {
        grew = false;
        for (const one of this.inputs.values()) {
          const of = (other: string): number => lost.get(other)!;
          const isLeaf = one.type !== "process" && one.needs.length === 0 && one.variants.length === 0;
          const own = this.share(one.id, country)?.[side] ?? (isLeaf && side === "high" ? 1 : 0);
          const kinds = one.variants.map(of);
          // A class's own row is of an unstated variant: one more of ANY, only a statistic for ALL.
          if (one.provisions.length > 0 && variants === "ANY") kinds.push(own);
          const ownOrKind =
            kinds.length === 0 || one.variants.length === 0 ? own : Math[variants === "ANY" ? "min" : "max"](...kinds);
          const now = Math.max(one.type === "process" ? 0 : ownOrKind, ...one.needs.map(of));
          if (now > of(one.id)) grew = true;
          lost.set(one.id, Math.max(now, of(one.id)));
        }
      }
      return lost.get(id)!;
    };
    return { low: bound("low"), high: bound("high") };
  }

  /** The inputs that can be had: all, less whatever has no way left, until nothing changes. */
  available(question: EtoQuestion): ReadonlySet<string> {
    const left = new Set(this.inputs.keys());
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const id of left) if (!this.#hasWay(id, left, question)) left.delete(id);
    }
    return left;
  }

  /** Inputs that somebody supplies enough of, but nobody outside these countries. */
  nothingWithout(countries: readonly string[], minShare: number): readonly string[] {
    return [...this.inputs.values()]
      .filter(({ type, variants }) => type !== "process" && variants.length === 0)
      .filter(({ id }) => this.#suppliers(id, { minShare }).length > 0)
      .filter(({ id }) => this.#suppliers(id, { minShare, without: countries }).length === 0)
      .map(({ id }) => id);
  }

  /** The fewest inputs that, newly supplied, let a blocked one be had: those it cannot do without, then by trying sets. */
  completion(id: string, question: EtoQuestion): readonly string[] {
    const blocked = [...this.upstream(id)].filter((one) => {
      const { type, variants } = this.#of(one);
      return type !== "process" && variants.length === 0 && !this.available(question).has(one);
    });
    const isEnough = (supplied: readonly string[]) =>
      this.available({ ...question, supplied: new Set(supplied) }).has(id);
    const forced = blocked.filter((one) => !isEnough(blocked.filter((other) => other !== one)));
    const others = blocked.filter((one) => !forced.includes(one));
    for (let size = 0; size <= others.length; size += 1)
      for (const more of choose(others, size)) if (isEnough([...forced, ...more])) return [...forced, ...more].sort();
    throw new Error(`nothing completes ${id}`);
  }

  #of(id: string): EtoInput {
    return this.inputs.get(id)!;
  }

  #hasWay(id: string, left: ReadonlySet<string>, question: EtoQuestion): boolean {
    const { type, needs, variants, provisions } = this.#of(id);
    if (!needs.every((need) => left.has(need))) return false;
    if (question.supplied?.has(id)) return true;
    const isOffered = this.#suppliers(id, question).length > 0;
    if (variants.length > 0)
      return question.variants === "ALL"
        ? variants.every((variant) => left.has(variant))
        : isOffered || variants.some((variant) => left.has(variant));
    // A step is made in house, and so is the chip; what nobody is recorded to supply is taken to be had.
    return type === "process" || provisions.length === 0 || isOffered;
  }

  /** Who may be bought from: organisations, and countries that hold more than the organisations named for them. */
  #suppliers(id: string, { without = [], removedFirm, minShare = 0 }: EtoQuestion): readonly EtoProvision[] {
    const { provisions } = this.#of(id);
    const stated = sum(this.#groups(id).map((group) => group.mass));
    return provisions.filter((one) => {
      if (one.negligible) return false;
      const mates = provisions.filter((other) => !other.isCountry && other.place !== null && other.place === one.place);
      const known = sum(mates.map((mate) => mate.share ?? 0));
      let most = one.share ?? Math.max(0, 1 - stated);
      if (one.isCountry) {
        const named = mates.filter((mate) => !mate.negligible);
        if (named.length > 0) {
          if (one.share === null || named.some((mate) => mate.share === null)) return false;
          most = one.share - known;
          if (most < Math.max(minShare, 0.02) - 1e-9) return false;
        }
      } else if (one.share === null) {
        const row = provisions.find((other) => other.isCountry && other.place === one.place);
        if (row !== undefined && row.share !== null) most = Math.max(0, row.share - known);
        else if (row?.negligible) most = 0.02;
      }
      if (most < minShare - 1e-9) return false;
      return one.provider !== removedFirm && !(one.place !== null && without.includes(one.place));
    });
  }

  /** A country with its organisations, or an organisation of a country that no row speaks of. */
  #groups(id: string): readonly Group[] {
    const { provisions } = this.#of(id);
    const rows = provisions.filter((one) => one.isCountry);
    const spoken = new Set(rows.map((row) => row.place));
    const firms = provisions.filter((one) => !one.isCountry);
    return [...rows, ...firms.filter((one) => one.place === null || !spoken.has(one.place))].map((one) => {
      const mates = one.isCountry ? firms.filter((firm) => firm.place === one.place) : [];
      return {
        place: one.place,
        mass: one.share ?? sum(mates.map((mate) => mate.share ?? 0)),
        open: one.share === null && !one.negligible,
        little: one.share === null && one.negligible,
      };
    });
  }
}

interface Group {
  readonly place: string | null;
  readonly mass: number;
  /** May hold any part of what is not stated. */
  readonly open: boolean;
  /** May hold .02 of it. */
  readonly little: boolean;
}

type Holder = Pick<Group, "mass" | "open">;

function merge(groups: readonly Holder[]): Holder {
  return { mass: sum(groups.map((group) => group.mass)), open: groups.some((group) => group.open) };
}

const PARTS = 20_000;

/** The rest handed out in small parts, each to the smallest that may have it; to many small ones where nobody may. */
function spread(holders: readonly Holder[], rest: number): readonly number[] {
  const masses = holders.map((holder) => holder.mass);
  const takers = holders.flatMap((holder, position) => (holder.open ? [position] : []));
  if (takers.length === 0) return masses;
  for (let part = 0; part < PARTS; part += 1) {
    const smallest = takers.reduce((least, taker) => (masses[taker]! < masses[least]! ? taker : least));
    masses[smallest]! += rest / PARTS;
  }
  return masses;
}

/** The rest all on one of those that may have it, on anyone or on somebody unlisted where nobody may: every such heap. */
function heaped(holders: readonly Holder[], rest: number): readonly (readonly number[])[] {
  const masses = holders.map((holder) => holder.mass);
  const open = holders.flatMap((holder, position) => (holder.open ? [position] : []));
  const takers = open.length > 0 ? open : [...masses.keys(), masses.length];
  return takers.map((taker) => {
    const heap = taker === masses.length ? [...masses, 0] : [...masses];
    heap[taker]! += rest;
    return heap;
  });
}

function* choose(members: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) yield [];
  else
    for (const [position, member] of members.entries())
      for (const rest of choose(members.slice(position + 1), size - 1)) yield [member, ...rest];
}

function alpha2(code: string): string | null {
  if (code === "" || code === "Various") return null;
  const found = ALPHA2[code];
  if (found === undefined) throw new Error(`the oracle knows no country ${code}`);
  return found;
}

/** Rows by title: quoted fields with doubled quotes and line breaks, CRLF or LF, a BOM in front. */
function table(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  for (
    let match = field.exec(text.replace(/^\uFEFF/, ""));
    match !== null;
    match = field.exec(text.replace(/^\uFEFF/, ""))
  ) {
    const [whole, cell = "", end] = match;
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (whole === "" || end === "") break;
    if (end !== ",") rows.push([]);
  }
  const [titles = [], ...body] = rows;
  return body
    .filter((cells) => cells.length === titles.length)
    .map((cells) => Object.fromEntries(titles.map((title, at) => [title, cells[at]!])));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
