/** Marks fixed Cypher text. Values travel as `$parameters`; an interpolation is a bug, so it throws. */
export function cypher(text: TemplateStringsArray, ...holes: never[]): string {
  if (holes.length > 0) throw new TypeError("cypher`` takes no interpolation: pass a $parameter");
  return text[0]!.trim();
}
