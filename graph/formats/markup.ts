/**
 * A text as it stands in HTML and in XML, between tags and in attributes in double quotes: it is never markup, and tabs and
 * ends of lines survive an attribute. What XML 1.0 has no way to hold is shown by a sign that stands for it.
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll(NOT_IN_XML, signFor).replaceAll(/[&<>"'\t\n\r]/g, (sign) => REFERENCES[sign]!);
}

/** Lone surrogates too. */
const NOT_IN_XML = /(?![\t\n\r\u0080-\u009F])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** The picture of a control character, such as ␀; the replacement character for anything else. */
function signFor(sign: string): string {
  return sign < " " ? String.fromCodePoint(0x2400 + sign.charCodeAt(0)) : "\uFFFD";
}
