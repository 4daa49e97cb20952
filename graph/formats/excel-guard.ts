/** What a spreadsheet would take for a formula or for the error of one, behind any number of guards. */
const DANGEROUS = /^'*(?:[=+\-@\t\r]|#(?:N\/A|[A-Z0-9/]+[!?])$)/;
const GUARDED = /^'+(?:[=+\-@\t\r]|#(?:N\/A|[A-Z0-9/]+[!?])$)/;

/**
 * A text as it may stand in a cell for Excel: with `'` before what would else run as a formula or become an error. Text
 * that looks guarded already gets one more, so that `unguard` gives back every text as it was.
 */
export function guard(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** A text without the one guard that `guard` put before it. */
export function unguard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
