import type { Fault } from "../records.ts";

/** Why a mutation was refused: one thing that is wrong with what it was given. */
export interface UserError {
  readonly code: string;
  /** What is wrong and the remedy, in English. */
  readonly message: string;
  /** The same in Chinese. */
  readonly messageZh: string;
  /** Where in the input, such as `entities[3].properties.country`; null where it is about the whole. */
  readonly path: string | null;
  /** With VERSION_MISMATCH the version that the record has, 0 where there is none; else null. */
  readonly currentVersion: number | null;
}

/** A mutation that is refused as a whole, nothing of it stored. */
export class Refused extends Error {
  readonly errors: readonly UserError[];

  constructor(errors: readonly UserError[]) {
    super("The mutation was refused");
    this.errors = errors;
  }
}

/** What a fault of a record says to whoever sent it. */
export function userErrorOf({ code, message, messageZh, place, field }: Fault): UserError {
  const name = field === undefined ? undefined : (place?.columns?.[field] ?? field);
  const where = place === undefined ? undefined : (place.path ?? `${place.file}:${place.row}`);
  const path = [where, name].filter((part) => part !== undefined && part !== "").join(".");
  return { code, message, messageZh, path: path === "" ? null : path, currentVersion: null };
}

/** That a record is not in the version (`ifVersion`) that its change was meant for; 0 = not there. */
export function versionMismatch(path: string, wanted: number, currentVersion: number): UserError {
  const found =
    currentVersion === 0
      ? { en: "there is none", zh: "该记录不存在" }
      : { en: `it is ${currentVersion}`, zh: `现在是版本 ${currentVersion}` };
  return {
    code: "VERSION_MISMATCH",
    message: `the record was to be in version ${wanted}, but ${found.en} — read it again and decide anew`,
    messageZh: `该记录应为版本 ${wanted}，但${found.zh}——请重新读取后再作决定`,
    path: `${path}.ifVersion`,
    currentVersion,
  };
}
