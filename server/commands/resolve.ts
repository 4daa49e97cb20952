import { Command, Option } from "commander";
import { merge, resolve } from "../../graph/merge/resolve.ts";
import type { Evidence } from "../../graph/merge/same-thing.ts";
import { KIND_NAMES, type Kind } from "../../graph/ontology.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { type Outcome, print, printJson, runCommand } from "./command-run.ts";
import { UsageError } from "./exit-codes.ts";
import { commandAuthor, interruptible, openConfiguredGraph } from "./graph-session.ts";

interface ResolveFlags {
  readonly kind?: Kind;
  readonly minScore?: string;
  readonly merge?: readonly string[];
  readonly yes?: true;
  readonly json?: true;
}

/** `liantu resolve`: the same thing under several names. */
export function resolveCommand(): Command {
  return new Command("resolve")
    .description(
      "Propose which entities may be the same thing under another name; merge two of them on an explicit yes.",
    )
    .addOption(new Option("--kind <kind>", "only things of this kind").choices([...KIND_NAMES]))
    .option("--min-score <score>", "only proposals of at least this score, 0 to 1")
    .option("--merge <ids...>", "the id to keep, then the one to merge into it")
    .option("--yes", "merge them: the other id is gone then, its names and sources kept")
    .option("--json", "print the outcome as one JSON object")
    .action(async (flags: ResolveFlags) => {
      await runCommand(flags.json === true, () =>
        interruptible(async (signal) => {
          const minScore = flags.minScore === undefined ? undefined : Number(flags.minScore);
          if (minScore !== undefined && !(minScore >= 0 && minScore <= 1))
            throw new UsageError(`${flags.minScore} is no score: give a number from 0 to 1`);
          await using store = await openConfiguredGraph();
          if (flags.merge !== undefined) return await mergeTwo(store, flags.merge, flags);
          return await propose(store, { signal, ...(flags.kind && { kind: flags.kind }) }, minScore, flags);
        }),
      );
    });
}

async function propose(
  store: GraphStore,
  options: { readonly signal: AbortSignal; readonly kind?: Kind },
  minScore: number | undefined,
  { json }: ResolveFlags,
): Promise<Outcome> {
  const proposals = await resolve(store, { ...options, ...(minScore === undefined ? {} : { minScore }) });
  if (json === true) printJson({ ok: true, exitCode: 0, proposals });
  else {
    for (const proposal of proposals)
      print(`${proposal.score.toFixed(2)}  ${proposal.keep}  ←  ${proposal.drop}  ${said(proposal.reasons)}`);
    print(`${proposals.length} proposals. To merge one: liantu resolve --merge KEEP DROP --yes`);
  }
  return undefined;
}

/** `SAME_NAME 晋华 = 晋华`, one after the other. */
function said(reasons: readonly Evidence[]): string {
  return reasons.map(({ code, values: [one, other] }) => `${code} ${one} = ${other}`).join("; ");
}

async function mergeTwo(store: GraphStore, ids: readonly string[], { yes, json }: ResolveFlags): Promise<Outcome> {
  const [keep, drop, ...more] = ids;
  if (keep === undefined || drop === undefined || more.length > 0)
    throw new UsageError("--merge takes two ids: the one to keep, then the one to merge into it");
  if (yes !== true) throw new UsageError(`Nothing is merged without a yes: add --yes to merge ${drop} into ${keep}`);
  const result = await merge(store, keep, drop, { confirmed: true, author: commandAuthor() });
  if (json === true) printJson({ ok: true, exitCode: 0, keep, drop, ...result });
  else
    print(
      `${drop} is ${keep} now: ${result.moved} relationships moved, ${result.united} united, ${result.removed} removed.`,
    );
  return undefined;
}
