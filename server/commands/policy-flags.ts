import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { buildSchema, coerceInputValue, type GraphQLInputType } from "graphql";
import type { Policy } from "../../graph/analysis/policy.ts";
import { typeDefs } from "../generated/type-defs.ts";
import { type PolicyInput, toPolicy } from "../schema/policy.ts";
import { UsageError } from "./exit-codes.ts";

export interface PolicyFlags {
  readonly policy?: string;
  readonly restricted?: string;
  readonly ownership?: boolean;
  readonly ownershipThreshold?: string;
  readonly basis?: string;
  readonly minReadiness?: string;
  readonly minShare?: string;
  readonly unknownShare?: string;
  readonly unknownSupply?: string;
  readonly unknownOrigin?: string;
  readonly maxTier?: string;
  readonly assumed?: boolean;
  readonly asOf?: string;
  readonly removed?: string;
  readonly preferredRegions?: string;
  readonly home?: string;
  readonly localRegions?: string;
}

const ALLOW_OR_DENY = ["ALLOW", "DENY"];

/** Adds the options that say under which policy an analysis runs. */
export function withPolicyOptions(command: Command): Command {
  return command
    .option("--policy <file>", "a JSON file with any fields of the API's PolicyInput; the flags below go before it")
    .option("--restricted <codes>", "jurisdictions whose offers may not be used, such as US,JP; none for none")
    .option("--no-ownership", "owners do not count")
    .option("--ownership-threshold <share>", "stake from which owners control, over 0 to 1")
    .addOption(
      new Option("--basis <basis>", "which jurisdiction a share counts for").choices(["HQ", "SITE", "CONTROL"]),
    )
    .option("--min-readiness <readiness>", "RESEARCH, SAMPLE, QUALIFIED or MASS_PRODUCTION")
    .option("--min-share <share>", "offers that cannot reach this share, 0 to 1, are not usable")
    .addOption(new Option("--unknown-share <take>", "offers of unknown share").choices(ALLOW_OR_DENY))
    .addOption(new Option("--unknown-supply <take>", "items without any recorded offer").choices(ALLOW_OR_DENY))
    .addOption(new Option("--unknown-origin <take>", "firms of unknown country or owner").choices(ALLOW_OR_DENY))
    .option("--max-tier <number>", "purchase tiers looked at; all where absent")
    .option("--no-assumed", "facts marked ASSUMED are not used")
    .option("--as-of <day>", "only facts that hold on this day, such as 2025-05-12")
    .option("--removed <ids>", "firms, jurisdictions, items or offers that are supposed to have failed already")
    .option("--preferred-regions <regions>", "LOCAL,DOMESTIC,EAST_ASIA,EUROPE,SOUTH_EAST_ASIA in your order")
    .option("--home <code>", "the home jurisdiction")
    .option("--local-regions <names>", "regions of firms that count as local, such as 泉州");
}

/**
 * The policy of the flags over the file's over `base` over the defaults, checked as the API checks it.
 *
 * @throws UsageError that names the field and what it takes
 */
export async function policyOf(flags: PolicyFlags, base: PolicyInput = {}): Promise<Policy> {
  const file = flags.policy === undefined ? {} : await readJson(flags.policy, "--policy");
  if (typeof file !== "object" || file === null || Array.isArray(file))
    throw new UsageError(`--policy takes a JSON object such as {"restricted": ["US"]}`);
  return checkedPolicy({ ...base, ...file, ...given(flags) });
}

/**
 * A policy that was read from JSON, fields over the defaults.
 *
 * @throws UsageError, or the API's refusal, that names the field and what it takes
 */
export function checkedPolicy(fields: object): Policy {
  const type = buildSchema(typeDefs).getType("PolicyInput") as GraphQLInputType;
  const input: PolicyInput = coerceInputValue(fields, type, (path, _, error) => {
    throw new UsageError(`${["policy", ...path].join(".")}: ${error.message}`);
  }) as PolicyInput;
  return toPolicy(input);
}

/** A JSON file that an option names. */
export async function readJson(path: string, flag: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new UsageError(`${flag} ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The parts of a list that commas separate; `none` is the empty one. */
export function listOf(text: string): readonly string[] {
  if (text === "none") return [];
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function given(flags: PolicyFlags): object {
  const { ownershipThreshold, minShare, maxTier } = flags;
  const { restricted, removed, preferredRegions, localRegions } = flags;
  const { basis, minReadiness, unknownShare, unknownSupply, unknownOrigin, asOf, home } = flags;
  const plain = { basis, minReadiness, unknownShare, unknownSupply, unknownOrigin, asOf, home };
  const fields: Readonly<Record<string, unknown>> = {
    ...plain,
    ...(flags.ownership === false && { ownership: false }),
    ...(flags.assumed === false && { assumed: false }),
    ...mapped({ restricted, removed, preferredRegions, localRegions }, listOf),
    ...mapped({ ownershipThreshold, minShare, maxTier }, Number),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function mapped(fields: Readonly<Record<string, string | undefined>>, read: (text: string) => unknown): object {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [[name, read(text)]])),
  );
}
