import { language } from "../state/view.ts";
import { en } from "./en.ts";
import { fill } from "./fill.ts";
import { type Key, zh } from "./zh.ts";

export type { Key } from "./zh.ts";

/** The page's words for `key` in the language in use, with `{name}` places filled. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(language.value === "zh" ? zh[key] : en[key], values);
}

/** As `t`, for a key made from one of the schema's values; the value itself where the page has no word for it. */
export function word(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return isKey(key) ? t(key) : value;
}

function isKey(text: string): text is Key {
  return Object.hasOwn(zh, text);
}
