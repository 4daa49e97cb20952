import type { RelationshipType } from "../../../graph/ontology.ts";
import { createEntities } from "../../../graph/queries/write-entities.ts";
import { createRelationships, type NewRelationship } from "../../../graph/queries/write-relationships.ts";
import type { PropertyValues } from "../../../graph/records.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { DATASET } from "../rows.ts";

/** How much to make: 10,000 items and firms, 56,000 relationships. */
export const ITEMS = 4_000;
export const FIRMS = 6_000;
/** Items of one industry: what an item's supply can reach. */
export const INDUSTRY = 400;
const INPUTS = 5;
/** Inputs come from the next so many items of the industry. */
const REACH = 40;
const OFFERS = 3;
const PURCHASES = 3;
const BATCH = 1_000;
const COUNTRIES = ["CN", "US", "JP", "KR", "DE", "NL", "FR", "GB", "IT", "SG", "MY", "CH"];

/** Fills an empty graph with a made supply network, the same at every run, without the checks of an import. */
export async function fillGraph(store: GraphStore): Promise<void> {
  await nodes(store, "Product", numbers(ITEMS).map(itemAt));
  await nodes(store, "Firm", numbers(FIRMS).map(firmAt));
  await edges(store, "REQUIRES", numbers(ITEMS).flatMap(requirementsOf));
  await edges(store, "SUPPLIES", numbers(FIRMS).flatMap(offersOf));
  await edges(store, "SOURCES_FROM", numbers(FIRMS).flatMap(purchasesOf));
}

export function itemId(item: number): string {
  return `item-${item}`;
}

export function firmId(firm: number): string {
  return `firm-${firm}`;
}

/** A number in [0, 1) that depends on these two alone (the finaliser of MurmurHash3). */
export function chance(number: number, salt: number): number {
  let bits = (number + Math.imul(salt, 0x9e37_79b1)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

function itemAt(item: number): PropertyValues {
  return { id: itemId(item), name: `产品${item}`, nameEn: `Item ${item}`, category: "MATERIAL", ...facts(item) };
}

function firmAt(firm: number): PropertyValues {
  const country = COUNTRIES[Math.floor(COUNTRIES.length * chance(firm, 1) ** 2)]!;
  const region = country === "CN" ? { region: "泉州" } : {};
  return { id: firmId(firm), name: `企业${firm}`, nameEn: `Firm ${firm}`, country, ...region, ...facts(firm) };
}

function facts(number: number): PropertyValues {
  return { locator: `${number}.1`, statement: `第${number}行陈述。`, dataset: DATASET, assertion: "STATED" };
}

function requirementsOf(item: number): NewRelationship[] {
  const industry = item - (item % INDUSTRY);
  const inputs = numbers(INPUTS).map((input) => {
    const step = 1 + Math.floor(REACH * chance(item * INPUTS + input, 2));
    return industry + ((item - industry + step) % INDUSTRY);
  });
  return distinct(inputs).map((input) => joining(itemId(item), "REQUIRES", itemId(input)));
}

function offersOf(firm: number): NewRelationship[] {
  const items = numbers(OFFERS).map((offer) => Math.floor(ITEMS * chance(firm * OFFERS + offer, 3)));
  return distinct(items).map((item) =>
    joining(firmId(firm), "SUPPLIES", itemId(item), { readiness: "MASS_PRODUCTION", share: 0.01 }),
  );
}

function purchasesOf(firm: number): NewRelationship[] {
  const sellers = numbers(PURCHASES).map((purchase) => Math.floor(FIRMS * chance(firm * PURCHASES + purchase, 4)));
  return distinct(sellers)
    .filter((seller) => seller !== firm)
    .map((seller) => {
      const product = itemId(Math.floor(ITEMS * chance(seller, 5)));
      return joining(firmId(firm), "SOURCES_FROM", firmId(seller), { product, share: 0.25 });
    });
}

function joining(from: string, type: RelationshipType, to: string, own: PropertyValues = {}): NewRelationship {
  return { from, to, properties: { id: `${from}:${type}:${to}`, ...own, dataset: DATASET, assertion: "STATED" } };
}

async function nodes(store: GraphStore, kind: "Product" | "Firm", rows: readonly PropertyValues[]): Promise<void> {
  for (const batch of batches(rows)) {
    const { query, params } = createEntities(kind, batch);
    await store.write((tx) => tx.run(query, params));
  }
}

async function edges(store: GraphStore, type: RelationshipType, rows: readonly NewRelationship[]): Promise<void> {
  for (const batch of batches(rows)) {
    const { query, params } = createRelationships(type, batch);
    await store.write((tx) => tx.run(query, params));
  }
}

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}
