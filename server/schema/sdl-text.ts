/** A field, argument or value with its description. */
export function field(description: string, definition: string): string {
  return `${JSON.stringify(description)}\n  ${definition}`;
}

/** A type with its fields. */
export function block(head: string, description: string | null, fields: readonly string[]): string {
  return `${description === null ? "" : `${JSON.stringify(description)}\n`}${head} {\n  ${fields.join("\n  ")}\n}`;
}

/** An enum with its values. */
export function enumType(
  name: string,
  description: string | null,
  values: readonly (readonly [string, string])[],
): string {
  return block(
    `enum ${name}`,
    description,
    values.map(([value, text]) => field(text, value)),
  );
}
