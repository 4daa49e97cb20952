import type { Language } from "../state/permalink.ts";

/** A figure known only between two bounds. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;

/** A number as the language writes it, with at most `digits` decimals. */
export function formatNumber(value: number, language: Language, digits = 2): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
}

/** A ratio in [0, 1] as a percentage. */
export function formatPercent(ratio: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { style: "percent", maximumFractionDigits: 1 }).format(ratio);
}

/** An interval as one text: one figure where the bounds agree, else both. */
export function formatBounds(bounds: Bounds, format: (value: number) => string): string {
  const low = format(bounds.low);
  const high = format(bounds.high);
  return low === high ? low : `${low} – ${high}`;
}

/** A figure's number with what the source says before it: 超 1,300, over 1,300, about 11,000. */
export function formatFigure(
  figure: { readonly value: number; readonly qualifier: string },
  words: Readonly<Record<string, string>>,
  language: Language,
): string {
  const number = formatNumber(figure.value, language, 6);
  if (figure.qualifier === "EXACT") return number;
  return `${words[figure.qualifier] ?? figure.qualifier} ${number}`;
}

/** A unit as it stands after a number: one that begins with a number itself (“100 million yuan”) is multiplied. */
export function formatUnit(unit: string): string {
  return /^\d/.test(unit) ? `× ${unit}` : unit;
}

/** The paragraph and sentence that a locator such as "7.3" names; null where it is of another form. */
export function parseLocator(locator: string): { readonly p: string; readonly s: string } | null {
  const match = /^(\d+)\.(\d+)$/.exec(locator.trim());
  return match === null ? null : { p: match[1] ?? "", s: match[2] ?? "" };
}

/** The name of a country or region from its ISO 3166-1 alpha-2 code; the code itself where there is none. */
export function countryName(code: string, language: Language): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  if (code === "TW") return language === "zh" ? "中国台湾" : "Taiwan, China";
  if (code === "HK") return language === "zh" ? "中国香港" : "Hong Kong, China";
  if (code === "MO") return language === "zh" ? "中国澳门" : "Macao, China";
  return new Intl.DisplayNames([LOCALES[language]], { type: "region" }).of(code) ?? code;
}

/** An address that may be opened: http or https only; null for anything else. */
export function safeUrl(text: string | null | undefined): string | null {
  if (text === null || text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
