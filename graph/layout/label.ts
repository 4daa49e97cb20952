/** Width of a text in pixels at a size of the page's font, from above: a wide (CJK) sign counts one em, others less. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const sign of text)
    width += isWide(sign) ? 1 : /[MW@%—]/.test(sign) ? 0.95 : /[A-Z0-9]/.test(sign) ? 0.68 : 0.58;
  return width * size;
}

/** The text, cut with an ellipsis so that it is at most `max` pixels wide. */
export function ellipsize(text: string, size: number, max: number): string {
  if (textWidth(text, size) <= max) return text;
  let kept = "";
  for (const sign of text) {
    if (textWidth(`${kept}${sign}…`, size) > max) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in at most `lines` lines of at most `max` pixels; broken at spaces and between wide signs, then cut. */
export function wrapText(text: string, size: number, max: number, lines: number): string[] {
  const wrapped: string[] = [];
  let line = "";
  const parts = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? [];
  for (const [index, part] of parts.entries()) {
    if (line === "" || textWidth((line + part).trimEnd(), size) <= max) {
      line += part;
      continue;
    }
    if (wrapped.length === lines - 1) return [...wrapped, ellipsize(line + parts.slice(index).join(""), size, max)];
    wrapped.push(ellipsize(line.trimEnd(), size, max));
    line = part;
  }
  return [...wrapped, ellipsize(line.trimEnd(), size, max)];
}

function isWide(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x2e80 || (code >= 0x2010 && code <= 0x2027);
}
