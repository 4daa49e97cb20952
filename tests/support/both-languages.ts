import { expect } from "vitest";
import type { Fault } from "../../graph/records.ts";
import { faultLine } from "../../graph/validation/faults.ts";

/** Words of a parser that only the English sentence quotes. */
const OF_PARSERS = new Set(["BAD_JSON", "NOT_A_WORKBOOK", "BAD_GZIP", "BAD_DATASET", "BAD_MAPPING"]);
/** A value as a sentence shows it: in quotes, escaped. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
/** What a reader has to type, behind its Chinese name: `企业（Firm）`. */
const NAMED = /（[\w:]+）/g;

/** A fault's line as a person sees it in English, once its Chinese is known to say the same. */
export function lineInBoth(fault: Fault): string {
  expectChinese(fault);
  return faultLine(fault);
}

/** A fault without its Chinese, once that is known to say the same. */
export function englishOf(fault: Fault): Omit<Fault, "messageZh"> {
  expectChinese(fault);
  const { messageZh, ...english } = fault;
  return english;
}

/** That a person who knows no English is told as much: what is wrong, in which value, and the remedy. */
export function expectChinese({ code, message, messageZh }: Pick<Fault, "code" | "message" | "messageZh">): void {
  const plain = messageZh.replaceAll(QUOTED, "").replaceAll(NAMED, "");
  expect(plain, code).toMatch(/[\u4e00-\u9fff]/);
  expect(plain, `${code} has a remedy`).toMatch(/——./);
  expect(plain, `${code} is in Chinese alone`).not.toMatch(/[A-Za-z]{2,} [a-z]{2,}|undefined|\[object/);
  expect(plain, `${code} has the punctuation of Chinese`).not.toMatch(
    /[\u4e00-\u9fff][,;!?]|[\u4e00-\u9fff]\.(?:$|[\u4e00-\u9fff])/,
  );
  if (OF_PARSERS.has(code)) return;
  const value = (quoted: string): string => quoted.slice(1, -1);
  const missing = (message.match(QUOTED) ?? []).map(value).filter((said) => !messageZh.includes(said));
  expect(missing, `${code} names in Chinese what it names in English: ${messageZh}`).toStrictEqual([]);
}
