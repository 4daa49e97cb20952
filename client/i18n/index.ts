import { signal } from "@preact/signals";
import type { Language } from "../state/permalink.ts";
import { fill } from "./fill.ts";
import type { Key } from "./zh.ts";

export type { Key } from "./zh.ts";

type Dictionary = Readonly<Record<Key, string>>;

const dictionary = signal<Dictionary | null>(null);

/** Fetches the page's words in a language and uses them from then on. */
export async function loadWords(language: Language): Promise<void> {
  dictionary.value = language === "zh" ? (await import("./zh.ts")).zh : (await import("./en.ts")).en;
}

/** The page's words for `key` in the language in use, with `{name}` places filled; empty until they are loaded. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(dictionary.value?.[key] ?? "", values);
}

/** As `t`, for a key made from one of the schema's values; the value itself where the page has no word for it. */
export function word(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return isKey(key) ? t(key) : value;
}

function isKey(text: string): text is Key {
  return dictionary.value !== null && Object.hasOwn(dictionary.value, text);
}
