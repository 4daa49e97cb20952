import { basename } from "node:path";
import { GraphError, type GraphErrorCode } from "../errors.ts";

/** In order: the first pattern that the engine's message matches decides. */
const BY_MESSAGE: readonly (readonly [RegExp, GraphErrorCode, string])[] = [
  [/UNIQUE constraint/, "CONFLICT", "another node has this id already"],
  [/GRAFEO-T001\b/, "CONFLICT", "another writer changed it meanwhile"],
  [
    /GRAFEO-T009\b|\(os error \d+\)/,
    "DB_UNAVAILABLE",
    "the graph's file cannot be written, so nothing of it was; check the disk's space and rights, then try again",
  ],
];

/** What an error of the embedded engine means for a caller. Its texts, which may quote Cypher and data, stay in `cause`. */
export function translateEmbeddedError(name: string, cause: unknown): GraphError {
  if (cause instanceof GraphError) return cause;
  const message = cause instanceof Error ? cause.message : "";
  const [, code, meaning] = BY_MESSAGE.find(([pattern]) => pattern.test(message)) ?? [];
  if (code === undefined) return new GraphError("INTERNAL", `${name} failed in the embedded engine`, { cause });
  return new GraphError(code, `${name}: ${meaning}`, { cause });
}

/** Why the file of the graph cannot be opened, and the remedy. */
export function translateOpeningError(path: string, cause: unknown): GraphError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return reason.includes("cannot be locked")
    ? new GraphError(
        "DB_LOCKED",
        `${basename(path)} is open already: stop the process that has it open, or work through the running service`,
        { cause },
      )
    : new GraphError("DB_UNAVAILABLE", `Cannot open the graph's file ${path}: ${reason}`, { cause });
}
