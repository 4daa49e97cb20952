import fc from "fast-check";
import { DEFAULT_POLICY, type Policy } from "../../graph/analysis/policy.ts";
import type { FactRow, NetworkRows } from "../../graph/projection/rows.ts";
import { emptyRows, facts } from "./rows.ts";

const CODES = ["CN", "JP", "US"] as const;
const SHARES = [0, 0.01, 0.1, 0.3, 0.5, 0.9, 1] as const;

/** Sizes of the networks to draw. */
export interface NetworkSize {
  /** Most items. */
  readonly items?: number;
  readonly firms?: number;
}

/** A small network, what is asked about it and under which policy. */
export interface RandomQuestion {
  readonly rows: NetworkRows;
  readonly targets: readonly string[];
  readonly policy: Policy;
}

/**
 * Draws small networks with everything that makes them hard: cycles, alternatives, classes ANY and ALL, unknown shares and
 * countries, NEGLIGIBLE offers, rows of jurisdictions beside firms of the same one, owners, firms' own recipes for what they
 * offer, processes made in house, facts that are assumed or have ended, and networks of one node or none. How often each is
 * met on the way from the targets, `random-network.test.ts` counts.
 */
export function randomNetwork({ items = 7, firms = 4 }: NetworkSize = {}): fc.Arbitrary<NetworkRows> {
  const network = fc
    .record({ items: count(items), firms: count(firms) })
    .chain(({ items: itemCount, firms: firmCount }) => {
      const itemIds = Array.from({ length: itemCount }, (_, item) => `i${item}`);
      const firmIds = Array.from({ length: firmCount }, (_, firm) => `f${firm}`);
      return fc.record({
        items: fc.tuple(...itemIds.map(itemRow)),
        firms: fc.tuple(...firmIds.map(firmRow)),
        jurisdictions: fc.constant(CODES.map((code) => ({ id: `j-${code}`, code }))),
        variants: itemCount < 2 ? none() : variantRows(itemIds),
        stakes: firmCount < 2 ? none() : stakeRows(firmIds),
        purchases: none(),
        chains: itemCount === 0 || firmCount === 0 ? none() : chainRows(itemIds, firmIds),
      });
    })
    .chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        offers: rows.items.length === 0 ? none() : offerRows(idsOf(rows.items), rows.firms),
      }),
    )
    .chain(({ rows, offers }) =>
      fc.record({
        rows: fc.constant({ ...rows, offers }),
        requirements: rows.items.length === 0 ? none() : requirementRows(idsOf(rows.items), idsOf(rows.firms), offers),
      }),
    )
    .map(({ rows, requirements }) => ({ ...emptyRows(), ...rows, requirements }));
  // Bias towards the ends of a range makes almost every network almost empty.
  return fc.noBias(network);
}

/** A random network with targets of its own (items, or now and then none for the whole network) and a random policy. */
export function randomQuestion(size: NetworkSize = {}): fc.Arbitrary<RandomQuestion> {
  const question = randomNetwork(size).chain((rows) => {
    const ids = idsOf(rows.items);
    return fc.record({
      rows: fc.constant(rows),
      targets: fc.oneof(
        { weight: 6, arbitrary: fc.constant(ids.slice(0, 1)) },
        { weight: 5, arbitrary: fc.subarray([...ids], { maxLength: Math.min(3, ids.length) }) },
      ),
      policy: randomPolicy(rows),
    });
  });
  return fc.noBias(question);
}

/** Half of the time the targets as they are, else one or two firms, each with an offer that holds whatever is asked. */
export function withFirms(rows: NetworkRows, targets: readonly string[]): fc.Arbitrary<readonly string[]> {
  const firms = rows.firms.filter(({ id }) =>
    rows.offers.some(
      (offer) =>
        offer.provider === id && offer.assertion === "STATED" && offer.validFrom === null && offer.validTo === null,
    ),
  );
  const sellers = firms.map(({ id }) => id);
  if (sellers.length === 0) return fc.constant(targets);
  return fc.oneof(fc.constant(targets), fc.subarray(sellers, { minLength: 1, maxLength: Math.min(2, sellers.length) }));
}

/** A random policy that names only what the network has. */
export function randomPolicy(rows: NetworkRows): fc.Arbitrary<Policy> {
  const unknowns = fc.constantFrom("ALLOW", "ALLOW", "ALLOW", "DENY");
  const removable = [...rows.items, ...rows.firms, ...rows.jurisdictions, ...rows.offers].map((row) => row.id);
  return fc
    .record({
      restricted: fc.oneof(fc.constantFrom(["US"], ["JP"]), fc.subarray([...CODES])),
      ownership: fc.boolean(),
      basis: fc.constantFrom("HQ", "SITE", "CONTROL"),
      minReadiness: fc.constantFrom("SAMPLE", "QUALIFIED"),
      minShare: fc.constantFrom(0, 0, 0, 0.05, 0.3),
      unknownShare: unknowns,
      unknownSupply: unknowns,
      unknownOrigin: unknowns,
      assumed: fc.boolean(),
      asOf: fc.constantFrom(null, "2020-06-01"),
      removed: fc.subarray(removable, { maxLength: Math.min(1, removable.length) }),
      extraOffers:
        rows.items.length === 0
          ? none()
          : fc.array(
              fc.record({
                item: fc.constantFrom(...rows.items.map((row) => row.id)),
                firm: fc.constantFrom(null, ...rows.firms.map((row) => row.id)),
                cost: fc.constantFrom(null, 2),
              }),
              { maxLength: 1 },
            ),
    })
    .map((changes) => ({ ...DEFAULT_POLICY, ...changes }) as Policy);
}

/** The same rows in another order. */
export function shuffledRows(rows: NetworkRows): fc.Arbitrary<NetworkRows> {
  const shuffled = <Row>(list: readonly Row[]) =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  return fc.record({
    items: shuffled(rows.items),
    firms: shuffled(rows.firms),
    jurisdictions: shuffled(rows.jurisdictions),
    offers: shuffled(rows.offers),
    requirements: shuffled(rows.requirements),
    variants: shuffled(rows.variants),
    stakes: shuffled(rows.stakes),
    purchases: shuffled(rows.purchases),
    chains: shuffled(rows.chains),
  });
}

/** Settings of every property test: 200 networks, or as many as LIANTU_RUNS says; a failure prints its seed. */
export const RUNS = { numRuns: Number(process.env["LIANTU_RUNS"] ?? 200) } as const;

/**
 * How many of these have to be of the case that a property with a condition is about, or it held for want of cases. Far
 * below the mean (33 to 290 of 300), since the seed decides how many are drawn.
 */
export const ENOUGH_CASES = RUNS.numRuns / 30;

/** Any number up to the most; seldom 0 or 1. */
function count(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 0, max: Math.min(1, most) }) },
    { weight: 7, arbitrary: fc.integer({ min: Math.min(2, most), max: most }) },
  );
}

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((row) => row.id);
}

function none(): fc.Arbitrary<never[]> {
  return fc.constant([]);
}

function maybe<Value>(value: fc.Arbitrary<Value>, absent = 2): fc.Arbitrary<Value | null> {
  return fc.option(value, { freq: absent });
}

function fact(id: string): fc.Arbitrary<FactRow> {
  return fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([assumed, ended]) => ({
    ...facts(id),
    assertion: assumed === 0 ? ("ASSUMED" as const) : ("STATED" as const),
    validFrom: ended === 1 ? "2021" : null,
    validTo: ended === 0 ? "2019-12" : null,
  }));
}

/** A list of facts, each with an id that its place in the list makes its own. */
function listOf<Row>(prefix: string, maxLength: number, row: fc.Arbitrary<Row>): fc.Arbitrary<(Row & FactRow)[]> {
  return numbered(
    prefix,
    maxLength,
    stated(row).map((one) => [one]),
  );
}

/** As `listOf`, of what comes in groups. */
function numbered<Row extends FactRow>(
  prefix: string,
  maxGroups: number,
  group: fc.Arbitrary<readonly Row[]>,
): fc.Arbitrary<Row[]> {
  return fc
    .integer({ min: 0, max: maxGroups })
    .chain((length) => fc.array(group, { minLength: length, maxLength: length }))
    .map((groups) => groups.flat().map((row, position) => ({ ...row, id: `${prefix}${position}` })));
}

function stated<Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<Row & FactRow> {
  return fc.tuple(row, fact("")).map(([own, common]) => ({ ...common, ...own }));
}

function itemRow(id: string): fc.Arbitrary<NetworkRows["items"][number]> {
  return fc.record({
    id: fc.constant(id),
    category: fc.constantFrom(null, "DEVICE", "EQUIPMENT", "EQUIPMENT", "MATERIAL", "MATERIAL", "PROCESS"),
    variantMode: fc.constantFrom(null, "ANY", "ALL"),
    elementary: fc.constantFrom(null, true),
    developCost: fc.constantFrom(null, 1, 3),
  });
}

function firmRow(id: string): fc.Arbitrary<NetworkRows["firms"][number]> {
  return fc.record({
    id: fc.constant(id),
    country: fc.constantFrom(null, ...CODES, ...CODES),
    region: fc.constantFrom(null, "泉州"),
  });
}

function offerRows(itemIds: readonly string[], firms: NetworkRows["firms"]): fc.Arbitrary<NetworkRows["offers"]> {
  const provider = fc.constantFrom(...idsOf(firms), ...idsOf(firms), ...CODES.map((code) => `j-${code}`));
  const offer = fc.record({
    provider,
    item: fc.constantFrom(...itemIds),
    outputWeight: fc.constantFrom(null, 0.5, 2),
    share: maybe(fc.constantFrom(...SHARES)),
    level: fc.constantFrom(null, null, "MAJOR" as const, "MINOR" as const, "NEGLIGIBLE" as const),
    readiness: fc.constantFrom(null, null, "MASS_PRODUCTION" as const, "QUALIFIED" as const, "SAMPLE" as const),
    originCountry: maybe(fc.constantFrom(...CODES)),
    cost: fc.constantFrom(null, 0, 1, 2, 5),
    leadTimeDays: fc.constantFrom(null, 30, 90),
  });
  const countryOf = new Map(firms.map((firm) => [firm.id, firm.country]));
  // Every other firm's offer has the row of its country for the same item beside it: by chance the two would hardly meet.
  const withRow = fc.tuple(stated(offer), stated(offer), fc.boolean()).map(([one, other, paired]) => {
    const code = countryOf.get(one.provider);
    return paired && code != null ? [one, { ...other, provider: `j-${code}`, item: one.item }] : [one];
  });
  return numbered("o", itemIds.length * 2, withRow);
}

/**
 * Slot by slot, of one input or two. Mostly from an early item to a later one, so that chains grow deep, and now and then
 * back, so that they loop; makers' own recipes are of what they offer, or they would never be a way.
 */
function requirementRows(
  itemIds: readonly string[],
  firmIds: readonly string[],
  offers: NetworkRows["offers"],
): fc.Arbitrary<NetworkRows["requirements"]> {
  const offered = offers.filter((row) => firmIds.includes(row.provider));
  const last = itemIds.length - 1;
  const general = fc
    .tuple(fc.nat(last), fc.nat(last), fc.nat(last))
    .map((ends) => ({ item: Math.min(...ends), maker: null }));
  const own =
    offered.length === 0
      ? general
      : fc
          .constantFrom(...offered)
          .map(({ item, provider }) => ({ item: itemIds.indexOf(item), maker: provider as string | null }));
  const input = fc.record({
    /** How many items further down; where there are so many, or now and then, any item. */
    further: fc.integer({ min: 1, max: 3 }),
    any: fc.nat(last),
    back: fc.integer({ min: 0, max: 2 }),
    essential: fc.constantFrom(true, true, true, true, false),
  });
  const slot = fc
    .record({
      of: fc.oneof({ weight: 4, arbitrary: general }, { weight: 1, arbitrary: own }),
      slot: fc.constantFrom(null, "a", "a", "b"),
      inputs: fc.array(stated(input), { minLength: 1, maxLength: 2, size: "max" }),
    })
    .map(({ of, slot: name, inputs }) =>
      inputs.map(({ further, any, back, ...rest }) => ({
        ...rest,
        item: itemIds[of.item]!,
        maker: of.maker,
        input: itemIds[back === 0 || of.item + further > last ? any : of.item + further]!,
        slot: name,
      })),
    );
  return numbered("r", itemIds.length * 2, slot);
}

/** Variants point from a later item to an earlier one, so that classes never form a cycle (an import refuses them). */
function variantRows(itemIds: readonly string[]): fc.Arbitrary<NetworkRows["variants"]> {
  const pair = fc
    .tuple(fc.nat({ max: itemIds.length - 1 }), fc.nat({ max: itemIds.length - 1 }))
    .filter(([left, right]) => left !== right)
    .map(([left, right]) => ({
      variant: itemIds[Math.max(left, right)]!,
      itemClass: itemIds[Math.min(left, right)]!,
    }));
  return listOf("v", 2, pair);
}

function stakeRows(firmIds: readonly string[]): fc.Arbitrary<NetworkRows["stakes"]> {
  const stake = fc
    .record({
      owner: fc.constantFrom(...firmIds),
      owned: fc.constantFrom(...firmIds),
      stake: maybe(fc.constantFrom(0.2, 0.3, 0.5, 0.6), 4),
    })
    .filter((row) => row.owner !== row.owned);
  return listOf("s", 5, stake);
}

function chainRows(itemIds: readonly string[], firmIds: readonly string[]): fc.Arbitrary<NetworkRows["chains"]> {
  return fc
    .tuple(fc.subarray([...firmIds]), fc.subarray([...itemIds]))
    .map(([leaders, items]) => [{ id: "c0", leaders, items }]);
}
