/** Whole files: chosen or dropped, checked as a whole, stored as a whole. */
export function ImportPanel() {
  return null;
}
