import fc from "fast-check";
import type { PropertyValues } from "../../graph/records.ts";
import { type Sorting, STEPS, type TestGraph } from "./list-oracle.ts";

const NAMES = ["光刻机", "光刻胶", "ASML", "asml", "Ａ", "b", "𠮷", "泉州", "a b"];
const COUNTRIES = ["CN", "US", "JP"];
const READINESS = ["RESEARCH", "SAMPLE", "QUALIFIED", "MASS_PRODUCTION"];
const NUMBERS = [0, 0.25, 0.5, 1];
const ROLES = ["LEADER", "SUPPLIER", "BUYER"];
const CATEGORIES = ["DEVICE", "MATERIAL", "PART"];
const DATES = ["2023", "2024", "2024-03", "2024-03-15", "2025-01-01"];

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const known = (values: Readonly<Record<string, unknown>>): PropertyValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as PropertyValues;

const dates = { validFrom: maybe(fc.constantFrom(...DATES)), validTo: maybe(fc.constantFrom(...DATES)) };
const firm = fc.record({
  name: fc.constantFrom(...NAMES),
  country: maybe(fc.constantFrom(...COUNTRIES)),
  roles: maybe(fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 })),
  ...dates,
});
const product = fc.record({
  name: fc.constantFrom(...NAMES),
  category: fc.constantFrom(...CATEGORIES),
  marketSizeUsd: maybe(fc.constantFrom(...NUMBERS)),
  elementary: maybe(fc.boolean()),
  ...dates,
});
const edges = {
  SUPPLIES: fc.record({
    share: maybe(fc.constantFrom(...NUMBERS)),
    readiness: maybe(fc.constantFrom(...READINESS)),
    ...dates,
  }),
  OWNS: fc.record({ stake: maybe(fc.constantFrom(...NUMBERS)), ...dates }),
  REQUIRES: fc.record({ essential: maybe(fc.boolean()), ...dates }),
};

/** Firms and items with gaps in what is known of them, and every sort of relationship among them. */
export const graphs: fc.Arbitrary<TestGraph> = fc
  .record({
    firms: fc.array(firm, { minLength: 1, maxLength: 8 }),
    products: fc.array(product, { minLength: 1, maxLength: 7 }),
    links: fc.array(
      fc.oneof(
        ...(["SUPPLIES", "OWNS", "REQUIRES"] as const).map((type) =>
          fc.record({ type: fc.constant(type), from: fc.nat(7), to: fc.nat(7), properties: edges[type] }),
        ),
      ),
      { maxLength: 30 },
    ),
  })
  .map(({ firms, products, links }) => {
    const node = (prefix: string, kind: string) => (properties: Readonly<Record<string, unknown>>, at: number) => ({
      id: `${prefix}${at}`,
      kind,
      properties: known(properties),
    });
    return {
      nodes: [...firms.map(node("f", "Firm")), ...products.map(node("p", "Product"))],
      edges: links.map(({ type, from, to, properties }, at) => {
        const start = type === "REQUIRES" ? `p${from % products.length}` : `f${from % firms.length}`;
        const end = type === "OWNS" ? `f${to % firms.length}` : `p${to % products.length}`;
        return { id: `e${at}`, type, from: start, to: end, properties: known(properties as never) };
      }),
    };
  });

type Where = Readonly<Record<string, unknown>>;

const some = <Value>(values: readonly Value[]) => fc.array(fc.constantFrom(...values), { maxLength: 3 });
const isNull = fc.record({ isNull: fc.boolean() });
const among = <Value>(values: readonly Value[]) =>
  fc.oneof(
    fc.constantFrom(...values).chain((value) => fc.constantFrom({ eq: value }, { ne: value })),
    some(values).chain((list) => fc.constantFrom({ in: list }, { notIn: list })),
    isNull,
  );
const sized = <Value>(values: readonly Value[]) =>
  fc.oneof(
    among(values),
    fc
      .constantFrom(...values)
      .chain((value) => fc.constantFrom({ gt: value }, { gte: value }, { lt: value }, { lte: value })),
  );
const texts = fc.oneof(
  sized(NAMES),
  fc
    .constantFrom("光", "A", "刻机", "𠮷", " ")
    .chain((part) => fc.constantFrom({ contains: part }, { startsWith: part }, { endsWith: part })),
);
const yesNo = fc.oneof(fc.record({ eq: fc.boolean() }), isNull);

const FILTERS: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  Firm: {
    id: among(["f0", "f1", "f2", "p0"]),
    name: texts,
    country: sized(COUNTRIES),
    roles: fc.oneof(
      fc.record({ has: fc.constantFrom(...ROLES) }),
      fc.record({ hasAny: some(ROLES) }),
      fc.record({ hasAll: some(ROLES) }),
      fc.record({ isEmpty: fc.boolean() }),
    ),
  },
  Product: {
    name: texts,
    category: among(CATEGORIES).filter((one) => !("isNull" in one)),
    marketSizeUsd: sized(NUMBERS),
    elementary: yesNo,
  },
  Entity: {
    kind: among(["Firm", "Product"]).filter((one) => !("isNull" in one)),
    name: texts,
    country: among(COUNTRIES),
  },
  SUPPLIES: { share: sized(NUMBERS), readiness: among(READINESS) },
  OWNS: { stake: sized(NUMBERS) },
  REQUIRES: { essential: yesNo },
};
const LEADS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Firm: { products: "Product", owns: "Firm", owners: "Firm" },
  Product: { suppliers: "Entity", requires: "Product", requiredBy: "Product" },
  Entity: { owners: "Firm", suppliers: "Entity" },
};

/** Conditions on entities of a scope, at most so many levels deep. */
export function wheres(scope: string, depth: number): fc.Arbitrary<Where> {
  const filters = Object.entries(FILTERS[scope]!).map(([name, filter]) =>
    filter.map((one): Where => ({ [name]: one })),
  );
  const steps = Object.entries(LEADS[scope] ?? {}).map(([name, other]) =>
    fc
      .tuple(
        fc.constantFrom("some", "none", "every"),
        depth <= 1 ? fc.constant({}) : neighborWheres(name, other, depth - 1),
      )
      .map(([quantifier, where]): Where => ({ [name]: { [quantifier]: where } })),
  );
  return logical(fc.oneof(...filters, ...(depth > 0 ? steps : [])), depth, () => wheres(scope, depth - 1));
}

/** Conditions on neighbours along a field. */
export function neighborWheres(field: string, other: string, depth: number): fc.Arbitrary<Where> {
  const parts = fc.record(
    { node: wheres(other, depth), edge: wheres(STEPS[field]!.type, Math.min(depth, 1)) },
    { requiredKeys: [] },
  );
  return logical(parts, depth, () => neighborWheres(field, other, depth - 1));
}

function logical(one: fc.Arbitrary<Where>, depth: number, deeper: () => fc.Arbitrary<Where>): fc.Arbitrary<Where> {
  if (depth < 1) return one;
  const list = fc.array(deeper(), { maxLength: 2 });
  return fc.oneof(
    { weight: 4, arbitrary: one },
    { weight: 1, arbitrary: list.map((AND): Where => ({ AND })) },
    { weight: 1, arbitrary: list.map((OR): Where => ({ OR })) },
    { weight: 1, arbitrary: deeper().map((NOT): Where => ({ NOT })) },
    { weight: 1, arbitrary: fc.tuple(one, deeper()).map(([a, b]): Where => ({ ...a, OR: [b, a] })) },
  );
}

const SORTS = {
  Firm: ["name", "country", "id", "validFrom"],
  Product: ["name", "category", "marketSizeUsd", "elementary"],
  Entity: ["name", "country"],
  SUPPLIES: ["share", "readiness"],
  OWNS: ["stake"],
  REQUIRES: ["essential"],
} as const;

/** Orders of a list: of entities, or of neighbours where a relationship type is named. */
export function sortings(scope: keyof typeof SORTS, type?: keyof typeof SORTS): fc.Arbitrary<Sorting[]> {
  const keys = [
    ...SORTS[scope].map((property) => ({ on: "node" as const, property })),
    ...(type === undefined ? [] : SORTS[type].map((property) => ({ on: "edge" as const, property }))),
  ];
  const one = fc.tuple(fc.constantFrom(...keys), fc.constantFrom("ASC" as const, "DESC" as const));
  return fc.array(one, { maxLength: 3 }).map((list) => list.map(([key, direction]) => ({ ...key, direction })));
}

export const days = fc.option(fc.constantFrom("2023-12-31", "2024-03-15", "2024-04-01", "2025-01-01", "2025-06-30"), {
  nil: null,
});
