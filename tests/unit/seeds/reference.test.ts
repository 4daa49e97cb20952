import { beforeAll, expect, test } from "vitest";
import { readDatasets } from "../../../graph/formats/datasets.ts";
import type { EntityRecord, Fault, RelationshipRecord } from "../../../graph/records.ts";

const LEADERS = ["firm-jinhua", "firm-sanan", "firm-quliang"];

let entities: readonly EntityRecord[];
let relationships: readonly RelationshipRecord[];
let faults: readonly Fault[];
let own: readonly (EntityRecord | RelationshipRecord)[];

const text = (record: EntityRecord | RelationshipRecord, name: string): string => String(record.properties[name] ?? "");
const sourcesOf = ({ properties }: EntityRecord | RelationshipRecord): readonly string[] =>
  Array.isArray(properties["sources"]) ? properties["sources"] : [];
const isOwn = (record: EntityRecord | RelationshipRecord): boolean => record.properties["dataset"] === "reference";
const idOf = (record: EntityRecord | RelationshipRecord): string =>
  "kind" in record ? record.id : `${record.from} ${record.type} ${record.to}`;
const ofType = (type: RelationshipRecord["type"]): readonly RelationshipRecord[] =>
  relationships.filter((relationship) => relationship.type === type);
const products = (): readonly EntityRecord[] => entities.filter(({ kind }) => kind === "Product");

/** What an item needs directly: its general recipe, and the variants of a class. */
function inputsOf(id: string): readonly string[] {
  return [
    ...ofType("REQUIRES").flatMap(({ from, to }) => (from === id ? [to] : [])),
    ...ofType("VARIANT_OF").flatMap(({ from, to }) => (to === id ? [from] : [])),
  ];
}

/** Number of tiers above an item, each input counted where it is first needed. */
function tiersAbove(item: string): number {
  const seen = new Set([item]);
  let tier = [item];
  for (let depth = 0; ; depth++) {
    const next = [...new Set(tier.flatMap(inputsOf))].filter((id) => !seen.has(id));
    if (next.length === 0) return depth;
    for (const id of next) seen.add(id);
    tier = next;
  }
}

beforeAll(async () => {
  const seeds = new URL("../../../seeds/", import.meta.url);
  const folders = ["quanzhou", "reference"].map((name) => new URL(name, seeds).pathname);
  const reading = await readDatasets(folders);
  ({ faults } = reading);
  ({ entities, relationships } = reading.batch);
  own = [...entities, ...relationships].filter(isOwn);
});

test("both data sets stand together without a fault", () => {
  expect(faults).toStrictEqual([]);
});

test("it describes 80 to 120 items", () => {
  const count = products().filter(isOwn).length;
  expect(count).toBeGreaterThanOrEqual(80);
  expect(count).toBeLessThanOrEqual(120);
});

test("every product of a leading firm has an upstream over at least three tiers", () => {
  for (const leader of LEADERS) {
    const made = ofType("SUPPLIES").filter(({ from }) => from === leader);
    expect(made.length, leader).toBeGreaterThan(0);
    for (const { to } of made) expect(tiersAbove(to), to).toBeGreaterThanOrEqual(3);
  }
});

test("its suppliers are where they really are: not in one country", () => {
  const sellers = new Set(ofType("SUPPLIES").map(({ from }) => from));
  const countries = new Set(
    entities.flatMap((entity) => (entity.kind === "Firm" && sellers.has(entity.id) ? [text(entity, "country")] : [])),
  );
  expect(["US", "JP", "NL", "DE", "KR", "TW", "CN"].filter((country) => !countries.has(country))).toStrictEqual([]);
});

test("every row names a source or is an assumption, and says it in both languages", () => {
  const unsourced = own.filter((record) => sourcesOf(record).length === 0 && text(record, "assertion") !== "ASSUMED");
  expect(unsourced.map(idOf)).toStrictEqual([]);
  const silent = own.filter((record) => text(record, "statement") === "" || text(record, "statementEn") === "");
  expect(silent.map(idOf)).toStrictEqual([]);
});

test("every source is used and has a title", () => {
  const used = new Set(own.filter((record) => !("kind" in record && record.kind === "Source")).flatMap(sourcesOf));
  const sources = entities.filter((entity) => entity.kind === "Source" && isOwn(entity));
  expect(sources.filter(({ id }) => !used.has(id)).map(idOf)).toStrictEqual([]);
  expect([...used].filter((id) => !entities.some((entity) => entity.kind === "Source" && entity.id === id))).toEqual(
    [],
  );
});

test("every share says of what it is and who states it", () => {
  const shares = ofType("SUPPLIES").filter(({ properties }) => properties["share"] !== undefined);
  expect(shares.length).toBeGreaterThan(0);
  const bare = shares.filter((offer) => text(offer, "shareBasis") === "" || sourcesOf(offer).length === 0);
  expect(bare.map(idOf)).toStrictEqual([]);
});

test("no class of items is a variant of itself, over any number of steps", () => {
  const classesOf = (id: string): readonly string[] =>
    ofType("VARIANT_OF").flatMap(({ from, to }) => (from === id ? [to] : []));
  for (const { id } of products()) {
    const seen = new Set<string>();
    for (const above of [...classesOf(id)]) {
      const open = [above];
      for (let next = open.pop(); next !== undefined; next = open.pop())
        if (!seen.has(next)) {
          seen.add(next);
          open.push(...classesOf(next));
        }
    }
    expect(seen.has(id), id).toBe(false);
  }
});

test("every item of the data set has an offer, variants or is made in house", () => {
  const offered = new Set(ofType("SUPPLIES").map(({ to }) => to));
  const classes = new Set(ofType("VARIANT_OF").map(({ to }) => to));
  const open = products().filter(
    (product) => !offered.has(product.id) && !classes.has(product.id) && text(product, "category") !== "PROCESS",
  );
  expect(open.map(idOf)).toStrictEqual([]);
});

test("elementary are exactly the items of the data set that need nothing recorded here", () => {
  const wrong = products().filter(
    (product) => isOwn(product) && (product.properties["elementary"] === true) !== (inputsOf(product.id).length === 0),
  );
  expect(wrong.map(idOf)).toStrictEqual([]);
});

test("every item stands in a stage, every stage in a chain and every chain in a pillar", () => {
  const placed = new Set(ofType("PART_OF").map(({ from }) => from));
  const loose = entities.filter(({ id, kind }) => ["Product", "Stage", "Chain"].includes(kind) && !placed.has(id));
  expect(loose.map(idOf)).toStrictEqual([]);
  const underPillar = new Set(ofType("PART_OF").flatMap(({ from, to }) => (to.startsWith("pillar-") ? [from] : [])));
  expect(entities.filter(({ id, kind }) => kind === "Chain" && !underPillar.has(id)).map(idOf)).toStrictEqual([]);
});

test("the restrictions carry their first day", () => {
  const first = new Map(ofType("RESTRICTS").map((edge) => [`${edge.from} ${edge.to}`, text(edge, "validFrom")]));
  expect(first.get("jurisdiction-us firm-jinhua")).toBe("2018-10-30");
  expect(first.get("jurisdiction-nl product-arf-immersion-scanner")).toBe("2023-09-01");
  expect(first.get("jurisdiction-jp product-arf-immersion-scanner")).toBe("2023-07-23");
  expect([...first.values()]).not.toContain("");
});
