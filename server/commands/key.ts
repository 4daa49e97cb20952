import { Command, Option } from "commander";
import { ROLES, type Role } from "../../graph/roles.ts";
import { createKey, listKeys, revokeKey } from "../access/api-keys.ts";
import { type Outcome, print, printJson, runCommand } from "./command-run.ts";
import { EXIT, UsageError } from "./exit-codes.ts";
import { openConfiguredGraph } from "./graph-session.ts";

const json = () => new Option("--json", "print the outcome as one JSON object");
interface Json {
  readonly json?: boolean;
}

/** `liantu key`: the keys with which callers say who they are. */
export function keyCommand(): Command {
  return new Command("key")
    .description(
      "Make, list and withdraw the keys of a graph. From its first key on, a service asks everybody for one.",
    )
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return new Command("create")
    .description("Make a key and show it, this once: only its hash is kept.")
    .addOption(new Option("--role <role>", "what it allows").choices([...ROLES]).makeOptionMandatory())
    .option("--name <name>", "whose it is, or what for; shown on the page and in the log", "")
    .addOption(json())
    .action(async ({ role, name, json = false }: { readonly role: Role; readonly name: string } & Json) => {
      await runCommand(json, async () => {
        if (name.length > 100) throw new UsageError("--name takes at most 100 characters");
        await using store = await openConfiguredGraph();
        const { key, prefix } = await createKey(store, { role, name, at: new Date() });
        if (json) printJson({ ok: true, exitCode: 0, prefix, role, name, key });
        else
          print(key, "", `Keep it: it is not shown again. Role ${role}. To withdraw it: liantu key revoke ${prefix}`);
        return undefined;
      });
    });
}

function listCommand(): Command {
  return new Command("list")
    .description("List the keys that were ever made: the beginning of each, its role, name and dates.")
    .addOption(json())
    .action(async ({ json = false }: Json) => {
      await runCommand(json, async () => {
        await using store = await openConfiguredGraph();
        const keys = await listKeys(store);
        if (json) printJson({ ok: true, exitCode: 0, keys });
        else if (keys.length === 0) print("There is no key: make one with liantu key create --role viewer");
        else
          for (const { prefix, role, name, createdAt, revokedAt } of keys)
            print(
              `${prefix}  ${role.padEnd(6)}  ${createdAt}  ${revokedAt === null ? "" : `revoked ${revokedAt}  `}${name}`,
            );
        return undefined;
      });
    });
}

function revokeCommand(): Command {
  return new Command("revoke")
    .description("Withdraw a key: services refuse it within 5 seconds, and end the sessions begun with it.")
    .argument("<prefix>", "the 12 digits that liantu key list shows")
    .addOption(json())
    .action(async (prefix: string, { json = false }: Json) => {
      await runCommand(json, async (): Promise<Outcome> => {
        await using store = await openConfiguredGraph();
        if (await revokeKey(store, prefix, new Date())) {
          if (json) printJson({ ok: true, exitCode: 0, prefix });
          else print(`${prefix} is withdrawn.`);
          return undefined;
        }
        const message = "No key begins so: liantu key list shows the keys.";
        if (json) printJson({ ok: false, exitCode: EXIT.faults.code, message });
        else process.stderr.write(`${message}\n`);
        return EXIT.faults.code;
      });
    });
}
