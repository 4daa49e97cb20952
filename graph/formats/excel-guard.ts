/** What a spreadsheet would take for a formula, behind any number of guards. */
const DANGEROUS = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

/**
 * A text as it may stand in a cell for Excel: with `'` before what would else run as a formula. Text that looks guarded
 * already gets one more, so that `unguard` gives back every text as it was.
 */
export function guard(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** A text without the one guard that `guard` put before it. */
export function unguard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
