import { normalise } from "../search-text.ts";

/** Legal forms and their like at the end of a Chinese or Japanese name, longest first where one ends in another. */
const HAN_FORMS =
  /(?:股份有限公司|有限责任公司|有限公司|株式会社|合伙企业|有限合伙|总公司|分公司|控股集团|控股|集团|公司|股份)$/u;
const HAN_FORM_IN_FRONT = /^(?:株式会社|주식회사)/u;
/** Legal forms as words at the end of a Latin name. */
const LATIN_FORMS = new Set(
  "ab ag aktiengesellschaft as asa bv co company corp corporation gmbh group holding holdings inc incorporated kabushiki kaisha kg kgaa kk limited llc llp lp ltd nv oy oyj plc pte pty sa sarl se spa srl".split(
    " ",
  ),
);
const PLACE_IN_FRONT = /^(?:\p{Script=Han}{2,8}?(?:自治区|省|市|县))+(?=\p{Script=Han}{2})/u;

/**
 * What is left of a name without what does not tell things apart: full and half width, case, signs, spaces, legal forms
 * (有限公司, Co., Ltd., GmbH …). "北方华创科技集团股份有限公司" is 北方华创科技, "ASML Holding N.V." is asml. Where nothing
 * would be left, it is the name without signs.
 */
export function coreName(name: string): string {
  // The stops of an abbreviation go before its letters become words: N.V. is one form.
  const text = normalise(name).replaceAll(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, "");
  const words = text.split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== "");
  const whole = words.join("");
  while (words.length > 1 && LATIN_FORMS.has(words.at(-1)!)) words.pop();
  let core = words.join("").replace(HAN_FORM_IN_FRONT, "");
  for (let shorter = core.replace(HAN_FORMS, ""); shorter !== core; shorter = core.replace(HAN_FORMS, "")) {
    if (shorter === "") break;
    core = shorter;
  }
  return core === "" ? whole : core;
}

/** The core of a name without the place in front of it: a province, city or county, or the `region` the thing is in. */
export function coreWithoutPlace(core: string, region: string | undefined): string {
  let rest = core.replace(PLACE_IN_FRONT, "");
  const place = region === undefined ? "" : coreName(region).replace(/[省市县]$/u, "");
  if (place.length >= 2 && rest.startsWith(place) && rest.length >= place.length + 2) rest = rest.slice(place.length);
  return rest;
}

/** A code of a stock exchange in its parts: 002371.SZ and SZ:002371 are symbol 002371 at SZ. */
export function stockListing(code: string): { readonly symbol: string; readonly exchange?: string } | undefined {
  const parts = normalise(code)
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((part) => part !== "");
  const glued = /^(?<exchange>SH|SZ|BJ|HK)(?<symbol>\d{4,6})$/.exec(parts[0] ?? "")?.groups;
  if (parts.length === 1 && glued !== undefined) return { symbol: glued["symbol"]!, exchange: glued["exchange"]! };
  if (parts.length === 1) return { symbol: parts[0]! };
  if (parts.length !== 2) return undefined;
  const [first, second] = parts as [string, string];
  const isExchangeFirst =
    /^\d/.test(second) || /^(?:SH|SZ|BJ|HK|SSE|SZSE|HKEX|NASDAQ|NYSE|TYO|TSE|KRX|TWSE|AMS)$/.test(first);
  const [symbol, exchange] = isExchangeFirst ? [second, first] : [first, second];
  return { symbol, exchange: EXCHANGES[exchange] ?? exchange };
}

/** Exchanges under their other names. */
const EXCHANGES: Readonly<Record<string, string>> = { SSE: "SH", SS: "SH", SZSE: "SZ", HKEX: "HK" };
