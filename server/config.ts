import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import type { GraphOptions } from "../graph/store/open.ts";
import { OIDC_SETTINGS, type OidcConfig, readOidc } from "./access/oidc-config.ts";

const flag = z
  .enum(["true", "false", "1", "0"], { error: "must be true or false" })
  .transform((value) => value === "true" || value === "1");
const port = z.coerce.number({ error: "must be a port number" }).int().min(0).max(65_535);
const count = z.coerce.number({ error: "must be a number" }).int();
const milliseconds = z.coerce.number({ error: "must be a number of milliseconds" }).int().min(1).max(600_000);

const origins = z
  .string()
  .transform(listed)
  .refine((list) => list.every(isOrigin), "must be origins like https://planning.example, separated by commas");

/** Every setting, its default and what it means; README's table is made from it. */
export const SETTINGS = {
  LIANTU_CONFIG: {
    default: "",
    type: z.string(),
    text: "A file with settings, a line each as in `.env`; so does `--config FILE`. What the environment says goes before.",
  },
  LIANTU_HOST: {
    default: "127.0.0.1",
    type: z.string().min(1),
    text: "Address to listen on. Beyond loopback only where callers are asked who they are, or with LIANTU_ALLOW_OPEN=true.",
  },
  LIANTU_PORT: { default: "4000", type: port, text: "Port of the API, GraphiQL and the page; 0 takes a free one." },
  LIANTU_ALLOW_OPEN: {
    default: "false",
    type: flag,
    text: "Listen beyond loopback although nobody is asked who they are.",
  },
  LIANTU_PUBLIC_READ: {
    default: "false",
    type: flag,
    text: "Whoever has not said who they are may read what is not internal (`liantu dataset NAME --internal`).",
  },
  LIANTU_PUBLIC_URL: {
    default: "",
    type: z.union([z.literal(""), z.url({ protocol: /^https?$/, error: "must be like https://liantu.example" })]),
    text: "Address under which people open the page, where a gateway stands in front; with https its cookies are Secure, and browsers are told to come by nothing else (HSTS).",
  },
  LIANTU_TRUST_PROXY: {
    default: "false",
    type: flag,
    text: "A gateway in front sets X-Forwarded-For: its last entry is the caller's address.",
  },
  LIANTU_SESSION_SECRET: {
    default: "",
    type: z.union([z.literal(""), z.string().min(32, "must have at least 32 characters")]),
    text: "What the page's sessions are sealed with: 32 characters or more, the same for all replicas. Empty: a random one at each start, and people sign in anew.",
  },
  LIANTU_ALLOWED_HOSTS: {
    default: "",
    type: z.string(),
    text: "Host names under which the service may be called beside the one it listens on, separated by commas.",
  },
  LIANTU_ALLOWED_ORIGINS: {
    default: "",
    type: origins,
    text: "Origins, like https://planning.example, whose pages may ask /graphql in the browser with a key or a token, separated by commas; empty: the service's own page alone.",
  },
  LIANTU_DATA: { default: ".liantu", type: z.string().min(1), text: "Folder of the embedded graph." },
  LIANTU_SEED: { default: "true", type: flag, text: "Load the seeds into an empty graph at the first start." },
  LIANTU_TIMEOUT_MS: {
    default: "5000",
    type: milliseconds,
    text: "How long one statement may take, and a query as a whole, its analyses apart.",
  },
  LIANTU_REFRESH_MS: {
    default: "1000",
    type: milliseconds,
    text: "How long a projection may be used before the graph's version is asked again.",
  },
  LIANTU_CHANGES_KEPT: {
    default: "10000",
    type: count.min(100).max(10_000_000),
    text: "How many versions back `changes` and `graphChanged(since:)` reach; older entries of the log are forgotten.",
  },
  LIANTU_REQUESTS: {
    default: "32",
    type: count.min(1).max(10_000),
    text: "How many GraphQL requests are worked on at once. Queries of one caller that wait for their turn and are the same in every character are answered by one work.",
  },
  LIANTU_REQUESTS_WAITING: {
    default: "500",
    type: count.min(0).max(100_000),
    text: "How many more may wait for their turn, 2 s at most; beyond it they are refused as OVERLOADED.",
  },
  LIANTU_ANALYSIS_TIMEOUT_MS: {
    default: "10000",
    type: milliseconds,
    text: "How long one analysis may take, its wait for a thread included.",
  },
  LIANTU_ANALYSIS_THREADS: {
    default: "2",
    type: count.min(1).max(64),
    text: "How many analyses are worked on at once, each in a thread of its own that holds the projection.",
  },
  LIANTU_ANALYSIS_QUEUE: {
    default: "200",
    type: count.min(0).max(100_000),
    text: "How many analyses may wait for a thread; beyond it they are refused as OVERLOADED.",
  },
  LIANTU_METRICS: {
    default: "viewer",
    type: z.enum(["viewer", "anybody"], { error: "must be viewer or anybody" }),
    text: "Who may read /metrics (Prometheus): whoever may read the graph, or anybody.",
  },
  LIANTU_SLOW_MS: {
    default: "1000",
    type: milliseconds,
    text: "A statement that takes so long is logged as slow, by its name, a read with the id of its request.",
  },
  LIANTU_LOG: {
    default: "info",
    type: z.enum(["debug", "info", "warn", "error", "silent"]),
    text: "Least severe messages to log.",
  },
  ...OIDC_SETTINGS,
  NEO4J_URI: {
    default: "",
    type: z.union([
      z.literal(""),
      z.string().regex(/^(neo4j|bolt)(\+s|\+ssc)?:\/\/\S+$/, "must be like neo4j://host:7687 or bolt://host:7687"),
    ]),
    text: "Neo4j to use instead of the embedded graph (neo4j:// for a cluster).",
  },
  NEO4J_USERNAME: { default: "", type: z.string(), text: "User name; empty = no authentication." },
  NEO4J_PASSWORD: { default: "", type: z.string(), text: "Password." },
  NEO4J_DATABASE: { default: "neo4j", type: z.string().min(1), text: "Name of the database." },
} as const;

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may ask the API beside the service's own. */
  readonly allowedOrigins: readonly string[];
  readonly allowOpen: boolean;
  /** True where anonymous callers may read what is not internal. */
  readonly publicRead: boolean;
  /** Null where it is the address it listens on. */
  readonly publicUrl: URL | null;
  readonly trustProxy: boolean;
  /** Null for a random one. */
  readonly sessionSecret: string | null;
  /** Null where no identity provider is named. */
  readonly oidc: OidcConfig | null;
  readonly seed: boolean;
  readonly refreshMs: number;
  readonly changesKept: number;
  readonly requests: { readonly running: number; readonly waiting: number };
  readonly analyses: { readonly timeoutMs: number; readonly threads: number; readonly queue: number };
  readonly metricsFor: "viewer" | "anybody";
  /** Milliseconds from which a statement is logged as slow. */
  readonly slowMs: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  readonly graph: GraphOptions;
}

/** Settings that cannot be used; the message lists every one of them with its remedy. */
export class ConfigError extends Error {}

/**
 * Reads the settings from an environment, with those of a file behind it (`fileFaults`: what is wrong with that).
 *
 * @throws ConfigError with every fault
 */
export function readConfig(environment: NodeJS.ProcessEnv, fileFaults: readonly string[] = []): Config {
  const faults = [...fileFaults];
  const take = <Name extends keyof typeof SETTINGS>(name: Name): z.output<(typeof SETTINGS)[Name]["type"]> => {
    const { default: fallback, type } = SETTINGS[name];
    const given = environment[name];
    const result = type.safeParse(given === undefined || given === "" ? fallback : given);
    if (!result.success)
      faults.push(`${name}: ${result.error.issues.map((issue) => issue.message).join("; ")}. ${SETTINGS[name].text}`);
    return (result.success ? result.data : type.parse(fallback)) as z.output<(typeof SETTINGS)[Name]["type"]>;
  };
  const uri = take("NEO4J_URI");
  const timeoutMs = take("LIANTU_TIMEOUT_MS");
  const publicUrl = take("LIANTU_PUBLIC_URL");
  const config: Config = {
    host: take("LIANTU_HOST"),
    port: take("LIANTU_PORT"),
    allowedHosts: listed(take("LIANTU_ALLOWED_HOSTS")),
    allowedOrigins: take("LIANTU_ALLOWED_ORIGINS"),
    allowOpen: take("LIANTU_ALLOW_OPEN"),
    publicRead: take("LIANTU_PUBLIC_READ"),
    publicUrl: publicUrl === "" ? null : new URL(publicUrl),
    trustProxy: take("LIANTU_TRUST_PROXY"),
    sessionSecret: take("LIANTU_SESSION_SECRET") || null,
    oidc: readOidc(take, faults),
    seed: take("LIANTU_SEED"),
    refreshMs: take("LIANTU_REFRESH_MS"),
    changesKept: take("LIANTU_CHANGES_KEPT"),
    requests: { running: take("LIANTU_REQUESTS"), waiting: take("LIANTU_REQUESTS_WAITING") },
    analyses: {
      timeoutMs: take("LIANTU_ANALYSIS_TIMEOUT_MS"),
      threads: take("LIANTU_ANALYSIS_THREADS"),
      queue: take("LIANTU_ANALYSIS_QUEUE"),
    },
    metricsFor: take("LIANTU_METRICS"),
    slowMs: take("LIANTU_SLOW_MS"),
    logLevel: take("LIANTU_LOG"),
    graph:
      uri === ""
        ? { engine: "embedded", path: `${take("LIANTU_DATA")}/graph.grafeo`, timeoutMs }
        : {
            engine: "neo4j",
            uri,
            username: take("NEO4J_USERNAME"),
            password: take("NEO4J_PASSWORD"),
            database: take("NEO4J_DATABASE"),
            timeoutMs,
          },
  };
  if (faults.length > 0)
    throw new ConfigError(`The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
  return Object.freeze(config);
}

/**
 * The settings of this process: its environment, then the file of LIANTU_CONFIG or `--config`, then `.env` in the current
 * folder.
 *
 * @throws ConfigError with every fault of all of them
 */
export function readProcessConfig(argv: readonly string[] = process.argv): Config {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const path = namedFile(argv) ?? process.env["LIANTU_CONFIG"] ?? "";
  if (path === "") return readConfig(process.env);
  const { values, faults } = readSettingsFile(path);
  return readConfig({ ...values, ...process.env }, faults);
}

function namedFile(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((argument) => argument === "--config" || argument.startsWith("--config="));
  if (at === -1) return undefined;
  return argv[at] === "--config" ? argv[at + 1] : argv[at]!.slice("--config=".length);
}

/** What a file of settings says, and every line's fault that is no setting of ours. */
export function readSettingsFile(path: string): {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
} {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { values: {}, faults: [`LIANTU_CONFIG: ${path} cannot be read (${reason}): name a file that is there.`] };
  }
  const values = parseEnv(text) as Readonly<Record<string, string>>;
  const faults = Object.keys(values)
    .filter((name) => !Object.hasOwn(SETTINGS, name))
    .map((name) => `${name} in ${path}: there is no such setting; README lists them all.`);
  return { values, faults };
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** As a browser sends it: scheme and host, the port where it is not the scheme's own, and nothing behind. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
