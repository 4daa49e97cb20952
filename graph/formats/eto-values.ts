import type { EnumValue } from "../ontology.ts";

/** ISO 3166-1 alpha-3 to alpha-2 of what the data set names or may come to name; its `MAL` is Malaysia (ISO: MYS). */
const COUNTRIES: Readonly<Record<string, readonly [code: string, zh: string, en: string]>> = {
  AUS: ["AU", "澳大利亚", "Australia"],
  AUT: ["AT", "奥地利", "Austria"],
  BEL: ["BE", "比利时", "Belgium"],
  BLR: ["BY", "白俄罗斯", "Belarus"],
  BRA: ["BR", "巴西", "Brazil"],
  CAN: ["CA", "加拿大", "Canada"],
  CHE: ["CH", "瑞士", "Switzerland"],
  CHN: ["CN", "中国", "China"],
  CZE: ["CZ", "捷克", "Czechia"],
  DEU: ["DE", "德国", "Germany"],
  DNK: ["DK", "丹麦", "Denmark"],
  ESP: ["ES", "西班牙", "Spain"],
  FIN: ["FI", "芬兰", "Finland"],
  FRA: ["FR", "法国", "France"],
  GBR: ["GB", "英国", "United Kingdom"],
  HKG: ["HK", "中国香港", "Hong Kong"],
  IND: ["IN", "印度", "India"],
  IRL: ["IE", "爱尔兰", "Ireland"],
  ISR: ["IL", "以色列", "Israel"],
  ITA: ["IT", "意大利", "Italy"],
  JPN: ["JP", "日本", "Japan"],
  KOR: ["KR", "韩国", "South Korea"],
  LUX: ["LU", "卢森堡", "Luxembourg"],
  MAL: ["MY", "马来西亚", "Malaysia"],
  MEX: ["MX", "墨西哥", "Mexico"],
  MYS: ["MY", "马来西亚", "Malaysia"],
  NLD: ["NL", "荷兰", "Netherlands"],
  NOR: ["NO", "挪威", "Norway"],
  PHL: ["PH", "菲律宾", "Philippines"],
  POL: ["PL", "波兰", "Poland"],
  RUS: ["RU", "俄罗斯", "Russia"],
  SGP: ["SG", "新加坡", "Singapore"],
  SWE: ["SE", "瑞典", "Sweden"],
  THA: ["TH", "泰国", "Thailand"],
  TWN: ["TW", "中国台湾", "Taiwan"],
  UKR: ["UA", "乌克兰", "Ukraine"],
  USA: ["US", "美国", "United States"],
  VNM: ["VN", "越南", "Vietnam"],
};

const CATEGORIES: Readonly<Record<string, EnumValue<"ProductCategory">>> = {
  process: "PROCESS",
  tool_resource: "EQUIPMENT",
  material_resource: "MATERIAL",
  ultimate_output: "DEVICE",
};

/** The country of an alpha-3 code; undefined where it is none that we know. */
export function countryOf(
  alpha3: string,
): { readonly code: string; readonly zh: string; readonly en: string } | undefined {
  const found = Object.hasOwn(COUNTRIES, alpha3) ? COUNTRIES[alpha3] : undefined;
  return found === undefined ? undefined : { code: found[0], zh: found[1], en: found[2] };
}

/** The category of an input's type; undefined where there is no such type. */
export function categoryOf(type: string): EnumValue<"ProductCategory"> | undefined {
  return Object.hasOwn(CATEGORIES, type) ? CATEGORIES[type] : undefined;
}

/** The types of inputs, for a remedy. */
export const INPUT_TYPES = Object.keys(CATEGORIES);

/** `61%` as 0.61, without the error of a division; undefined where it is no percentage from 0 to 100. */
export function shareOf(text: string): number | undefined {
  const match = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text);
  if (match === null) return undefined;
  const share = Number(`${match[1]}e-2`);
  return share <= 1 ? share : undefined;
}

/** `$3.1 billion (2019)` as US dollars; undefined where the text says more than a plain figure, such as "about". */
export function marketSizeOf(text: string): number | undefined {
  const match = /^\$(\d+(?:\.\d+)?) (million|billion)(?: \(\d{4}\))?$/.exec(text);
  return match === null ? undefined : Number(`${match[1]}e${match[2] === "million" ? 6 : 9}`);
}
