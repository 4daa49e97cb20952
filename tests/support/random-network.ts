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
 * countries, NEGLIGIBLE offers, rows of jurisdictions beside named firms, owners, firms' own recipes, processes made in
 * house, facts that are assumed or have ended, and networks of one node or none.
 */
export function randomNetwork({ items = 7, firms = 4 }: NetworkSize = {}): fc.Arbitrary<NetworkRows> {
  return fc
    .record({ items: fc.integer({ min: 0, max: items }), firms: fc.integer({ min: 0, max: firms }) })
    .chain(({ items: itemCount, firms: firmCount }) => {
      const itemIds = Array.from({ length: itemCount }, (_, item) => `i${item}`);
      const firmIds = Array.from({ length: firmCount }, (_, firm) => `f${firm}`);
      return fc.record({
        items: fc.tuple(...itemIds.map(itemRow)),
        firms: fc.tuple(...firmIds.map(firmRow)),
        jurisdictions: fc.constant(CODES.map((code) => ({ id: `j-${code}`, code }))),
        offers: itemCount === 0 ? none() : offerRows(itemIds, firmIds),
        requirements: itemCount === 0 ? none() : requirementRows(itemIds, firmIds),
        variants: itemCount < 2 ? none() : variantRows(itemIds),
        stakes: firmCount < 2 ? none() : stakeRows(firmIds),
        purchases: none(),
        chains: itemCount === 0 || firmCount === 0 ? none() : chainRows(itemIds, firmIds),
      });
    })
    .map((rows) => ({ ...emptyRows(), ...rows }));
}

/** A random network with targets of its own (items, or none for the whole network) and a random policy. */
export function randomQuestion(size: NetworkSize = {}): fc.Arbitrary<RandomQuestion> {
  return randomNetwork(size).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      targets: fc.subarray(
        rows.items.map((row) => row.id),
        { maxLength: Math.min(3, rows.items.length) },
      ),
      policy: randomPolicy(rows),
    }),
  );
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
  const unknowns = fc.constantFrom("ALLOW", "ALLOW", "DENY");
  const removable = [...rows.items, ...rows.firms, ...rows.jurisdictions, ...rows.offers].map((row) => row.id);
  return fc
    .record({
      restricted: fc.subarray([...CODES]),
      ownership: fc.boolean(),
      basis: fc.constantFrom("HQ", "SITE", "CONTROL"),
      minReadiness: fc.constantFrom("SAMPLE", "QUALIFIED"),
      minShare: fc.constantFrom(0, 0, 0.05, 0.3),
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

/** Settings of every property test: 300 networks, or as many as LIANTU_RUNS says; a failure prints its seed. */
export const RUNS = { numRuns: Number(process.env["LIANTU_RUNS"] ?? 300) } as const;

/**
 * How many of these have to be of the case that a property with a condition is about, or it held for want of cases. Far
 * below the mean (33 to 290 of 300), since the seed decides how many are drawn.
 */
export const ENOUGH_CASES = RUNS.numRuns / 30;

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
  return fc
    .array(fc.tuple(row, fact("")), { maxLength })
    .map((rows) => rows.map(([own, common], position) => ({ ...common, ...own, id: `${prefix}${position}` })));
}

function itemRow(id: string): fc.Arbitrary<NetworkRows["items"][number]> {
  return fc.record({
    id: fc.constant(id),
    category: fc.constantFrom(null, "DEVICE", "EQUIPMENT", "MATERIAL", "PROCESS"),
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

function offerRows(itemIds: readonly string[], firmIds: readonly string[]): fc.Arbitrary<NetworkRows["offers"]> {
  const providers = [...firmIds, ...firmIds, ...CODES.map((code) => `j-${code}`)];
  return listOf(
    "o",
    itemIds.length * 2,
    fc.record({
      provider: fc.constantFrom(...providers),
      item: fc.constantFrom(...itemIds),
      outputWeight: fc.constantFrom(null, 0.5, 2),
      share: maybe(fc.constantFrom(...SHARES)),
      level: fc.constantFrom(null, "MAJOR", "MINOR", "NEGLIGIBLE"),
      readiness: fc.constantFrom(null, null, "MASS_PRODUCTION", "QUALIFIED", "SAMPLE"),
      originCountry: maybe(fc.constantFrom(...CODES)),
      cost: fc.constantFrom(null, 0, 1, 2, 5),
      leadTimeDays: fc.constantFrom(null, 30, 90),
    }),
  );
}

function requirementRows(
  itemIds: readonly string[],
  firmIds: readonly string[],
): fc.Arbitrary<NetworkRows["requirements"]> {
  return listOf(
    "r",
    itemIds.length * 2,
    fc.record({
      item: fc.constantFrom(...itemIds),
      maker: fc.constantFrom(null, null, null, ...firmIds.slice(0, 2)),
      input: fc.constantFrom(...itemIds),
      slot: fc.constantFrom(null, "a", "a", "b"),
      essential: fc.constantFrom(true, true, true, false),
    }),
  );
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
  return listOf("v", 3, pair);
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
