/** A text as it stands in HTML and in XML, between tags and in attributes in double quotes: it is never markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(NOT_IN_XML, "\uFFFD").replaceAll(/[&<>"']/g, (sign) => REFERENCES[sign]!);
}

/** What XML 1.0 has no way to hold, lone surrogates too. */
const NOT_IN_XML = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
