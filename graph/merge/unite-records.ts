import { PROVENANCE } from "../ontology.ts";
import type { EntityRecord, PropertyValue, PropertyValues } from "../records.ts";

/** From the firmest to the weakest. */
const ASSERTIONS = ["STATED", "DERIVED", "ASSUMED"];
/** Texts of a source: of two, both are kept. */
const TEXTS_OF_SOURCES = ["locator", "statement", "statementEn", "quote"];

/**
 * The properties of two records of one fact: what only one says is taken from it, where both say something the first
 * holds, and the provenance is of both: sources united, what they say kept one after the other, the firmer assertion. The
 * data set and the dates are the first one's.
 */
export function uniteProperties(first: PropertyValues, second: PropertyValues): PropertyValues {
  const united: Record<string, PropertyValue> = { ...first };
  for (const [name, value] of Object.entries(second))
    if (united[name] === undefined && !Object.hasOwn(PROVENANCE, name)) united[name] = value;
  const sources = [...new Set([...listOf(first["sources"]), ...listOf(second["sources"])])];
  if (sources.length > 0) united["sources"] = sources;
  for (const name of TEXTS_OF_SOURCES) {
    const texts = [first[name], second[name]].filter((text) => typeof text === "string");
    if (texts.length > 0) united[name] = [...new Set(texts)].join(name === "locator" ? "; " : "\n");
  }
  const assertion = ASSERTIONS.find((known) => first["assertion"] === known || second["assertion"] === known);
  if (assertion !== undefined) united["assertion"] = assertion;
  return united;
}

/** As `uniteProperties`, of two entities; every name, and the id that goes, becomes an alias of the first. */
export function uniteEntities(first: EntityRecord, second: EntityRecord): EntityRecord {
  const { properties } = first;
  const other = second.properties;
  const names = [properties["name"], properties["nameEn"]];
  const found = [other["name"], ...(properties["nameEn"] === undefined ? [] : [other["nameEn"]])];
  const aliases = [...listOf(properties["aliases"]), ...found, ...listOf(other["aliases"]), second.id].filter(
    (alias) => typeof alias === "string" && !names.includes(alias),
  );
  const united = uniteProperties(properties, other);
  return {
    ...first,
    properties: { ...united, aliases: [...new Set(aliases)].filter((alias) => typeof alias === "string") },
  };
}

/** Whether two records of one kind of fact say nothing that the other denies, sources and dates of validity aside. */
export function areCompatible(first: PropertyValues, second: PropertyValues): boolean {
  return Object.entries(first).every(([name, value]) => {
    const other = second[name];
    const isFact = !Object.hasOwn(PROVENANCE, name) || name === "validFrom" || name === "validTo";
    return !isFact || other === undefined || JSON.stringify(other) === JSON.stringify(value);
  });
}

function listOf(value: PropertyValue | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}
