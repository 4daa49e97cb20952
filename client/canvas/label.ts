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

function isWide(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x2e80 || (code >= 0x2010 && code <= 0x2027);
}
