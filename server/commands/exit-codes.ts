import { CommanderError } from "commander";
import { GraphQLError } from "graphql";
import { GraphError } from "../../graph/errors.ts";
import { InvalidRecordsError } from "../../graph/validation/faults.ts";
import { ConfigError } from "../config.ts";
import { ListenError } from "../listen.ts";

/** What the exit code of a command says; README and `liantu --help` list them. */
export const EXIT = {
  done: { code: 0, text: "done" },
  faults: { code: 1, text: "there are faults in the input: each was named, nothing was stored" },
  usage: { code: 2, text: "the command line or a setting is wrong" },
  unavailable: { code: 3, text: "the graph cannot be reached or is in use: try again" },
  interrupted: { code: 4, text: "interrupted: the same command again goes on, or begins again" },
  failed: { code: 5, text: "anything else that failed; the message says what" },
} as const;

/** The command line asks for something that cannot be done so. */
export class UsageError extends Error {}

/** The exit code for what ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done.code : EXIT.usage.code;
  if (error instanceof UsageError || error instanceof ConfigError || isRefusal(error)) return EXIT.usage.code;
  if (error instanceof InvalidRecordsError) return EXIT.faults.code;
  if (error instanceof ListenError) return EXIT.unavailable.code;
  if (!(error instanceof GraphError)) return EXIT.failed.code;
  switch (error.code) {
    case "BAD_INPUT":
      return EXIT.usage.code;
    case "CANCELLED":
      return EXIT.interrupted.code;
    case "CONFLICT":
    case "DB_UNAVAILABLE":
    case "DB_AUTH":
    case "DB_LOCKED":
    case "OVERLOADED":
    case "TIMEOUT":
      return EXIT.unavailable.code;
    case "INTERNAL":
    case "FORBIDDEN":
      return EXIT.failed.code;
  }
}

/** What a person is told of what ended a command: the message of what was foreseen, the stack of what was not. */
export function messageOf(error: unknown): string {
  const foreseen =
    error instanceof GraphError ||
    error instanceof UsageError ||
    error instanceof ConfigError ||
    error instanceof ListenError ||
    isRefusal(error);
  if (foreseen) return error.message;
  if (error instanceof Error && "code" in error && "syscall" in error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whether the checks that commands share with the API refused what they were given. */
function isRefusal(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && error.extensions["code"] === "BAD_USER_INPUT";
}
