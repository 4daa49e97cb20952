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

/** In order: the first pattern that the reason matches decides; the engine's own words stay in `cause`. */
const OPENING: readonly (readonly [RegExp, GraphErrorCode, string])[] = [
  [
    /cannot be locked/,
    "DB_LOCKED",
    "is open already: stop the process that has it open, or work through the running service",
  ],
  [
    /EEXIST|ENOTDIR/,
    "DB_UNAVAILABLE",
    "lies in no folder: a file has the folder's name. Name another folder in LIANTU_DATA",
  ],
  [
    /EACCES|EPERM|EROFS|Permission denied|Read-only/,
    "DB_UNAVAILABLE",
    "may not be written by this user: change its rights, or name another folder in LIANTU_DATA",
  ],
  [/ENOSPC|No space/, "DB_UNAVAILABLE", "finds no room: free some space, or name another folder in LIANTU_DATA"],
];
const DAMAGED =
  "cannot be read as a graph: it is damaged, or no graph. Put it aside and restore a backup, or name another folder in LIANTU_DATA";

/** Why the file of the graph cannot be opened, and the remedy. */
export function translateOpeningError(path: string, cause: unknown): GraphError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const [, code, meaning] = OPENING.find(([pattern]) => pattern.test(reason)) ?? [
    null,
    "DB_UNAVAILABLE" as const,
    DAMAGED,
  ];
  return new GraphError(code, `The graph's file ${basename(path)} ${meaning}`, { cause });
}
