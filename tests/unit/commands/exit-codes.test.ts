import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { GraphError } from "../../../graph/errors.ts";
import { InvalidRecordsError } from "../../../graph/validation/faults.ts";
import { exitCodeOf, messageOf, UsageError } from "../../../server/commands/exit-codes.ts";
import { ConfigError } from "../../../server/config.ts";
import { ListenError } from "../../../server/listen.ts";

test.each([
  [new CommanderError(0, "commander.helpDisplayed", "help"), 0],
  [new CommanderError(1, "commander.unknownOption", "unknown option"), 2],
  [new InvalidRecordsError([{ code: "MISSING", message: "there is no name", messageZh: "缺少名称" }]), 1],
  [new UsageError("wrong"), 2],
  [new ConfigError("wrong"), 2],
  [new GraphError("DB_LOCKED", "locked"), 3],
  [new GraphError("CONFLICT", "another import"), 3],
  [new ListenError("in use"), 3],
  [new GraphError("CANCELLED", "stopped"), 4],
  [new TypeError("ours"), 5],
])("%s ends a command with %i", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test("a person is shown the message of what was foreseen, and the stack of what was not", () => {
  expect(messageOf(new GraphError("DB_LOCKED", "it is open already"))).toBe("it is open already");
  expect(messageOf(new TypeError("ours"))).toContain("exit-codes.test.ts");
});
