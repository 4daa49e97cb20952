import type { PropertyValue, PropertyValues } from "../../records.ts";

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A value as a literal of Cypher, on one line, that both engines read back as the same value. A text with a backslash
 * before a `u` is cut between the two: Neo4j decodes such a pair before it looks for the end of a literal.
 */
export function literal(value: PropertyValue): string {
  switch (typeof value) {
    case "string":
      return value
        .split(/(?<=\\)(?=u)/)
        .map((part) => `'${part.replaceAll(/[\\'\n\r\t]/g, (sign) => ESCAPES[sign]!)}'`)
        .join(" + ");
    case "number":
      return numberLiteral(value);
    case "boolean":
      return String(value);
    default:
      return `[${value.map(literal).join(", ")}]`;
  }
}

/** Properties as a map literal; their names are those of the ontology, or are quoted. */
export function mapLiteral(properties: PropertyValues): string {
  const entries = Object.entries(properties).map(([name, value]) => `${identifier(name)}: ${literal(value)}`);
  return `{${entries.join(", ")}}`;
}

/** A name as Cypher takes it, in backquotes where it is no plain word. */
export function identifier(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? name
    : `\`${name.replaceAll("\\u", "\\u005Cu").replaceAll("`", "``")}\``;
}

/** A whole number is an INTEGER, as the store writes it; the exponent goes without its plus, which Neo4j refuses. */
function numberLiteral(value: number): string {
  if (Number.isSafeInteger(value)) return String(Object.is(value, -0) ? 0 : value);
  const text = Number.isInteger(value) ? value.toExponential() : String(value);
  return text.replace("e+", "e");
}
