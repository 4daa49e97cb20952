import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { GraphError } from "../../graph/errors.ts";
import { openInput } from "../../graph/formats/open-input.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { openGraph } from "../../graph/store/open.ts";
import { InvalidRecordsError } from "../../graph/validation/faults.ts";
import { PUBLIC_ERRORS } from "../../server/errors.ts";
import { gb18030 } from "../support/gb18030.ts";
import { startService, temporaryFolder } from "../support/service.ts";
import type { EngineSettings } from "./engine.ts";

const LIMIT_MS = 2_000;
const AT_ONCE = 4;

/** One wrong input, as it is shown where it does harm. */
type Input =
  | { readonly kind: "document" | "body" | "batch"; readonly body: string }
  | { readonly kind: "file"; readonly name: string; readonly bytes: Uint8Array };

/**
 * Gives the service documents, bodies and imports that are nearly right (valid ones, cut, doubled, stirred and interspersed
 * with what is odd) and the import of files the same in bytes, GB18030 among them. Nothing may crash, answer INTERNAL or any
 * code outside the list, or take longer than 2 s.
 *
 * @param seed of the inputs; printed
 */
export async function malformed(engine: EngineSettings, count = 10_000, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${count} malformed inputs, seed ${seed}\n`);
  const inputs = fc.sample(anyInput(), { seed, numRuns: count });
  using data = temporaryFolder();
  using files = temporaryFolder();
  await using service = await startService({ ...engine, LIANTU_DATA: data.path });
  await using store = await openGraph({ engine: "embedded", path: null });
  await store.prepare();
  const counts: Record<string, number> = {};
  let [failures, slowest, written] = [0, 0, 0];
  // The first analysis makes its thread and its network.
  await answerOf(service.url, JSON.stringify({ query: DOCUMENTS[0] }));
  const give = async (input: Input): Promise<string> => {
    if (input.kind !== "file") return answerOf(service.url, input.body);
    // A name of its own: several are read at once.
    const path = join(files.path, `${++written}-${input.name}`);
    await writeFile(path, input.bytes);
    try {
      const { stored } = await importRecords(store, await openInput([path], { dataset: "fuzz" }), {
        ...{ author: AUTHOR, key: "", title: input.name },
      });
      return stored ? "stored" : "faults";
    } catch (error) {
      if (error instanceof InvalidRecordsError || (error instanceof GraphError && error.code === "BAD_INPUT"))
        return "faults";
      return `CRASH ${error instanceof Error ? error.stack : String(error)}`;
    }
  };
  const work = async (): Promise<void> => {
    for (let input = inputs.pop(); input !== undefined; input = inputs.pop()) {
      const startedAt = performance.now();
      const outcome = await give(input);
      const ms = performance.now() - startedAt;
      slowest = Math.max(slowest, ms);
      const key = `${input.kind} ${outcome.split(" ")[0]}`;
      counts[key] = (counts[key] ?? 0) + 1;
      if (!/^(CRASH|INTERNAL|UNKNOWN)/.test(outcome) && ms < LIMIT_MS) continue;
      failures += 1;
      process.stdout.write(`${outcome} after ${ms.toFixed(0)} ms: ${shown(input)}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if ((await answerOf(service.url, JSON.stringify({ query: "{ statistics { version } }" }))) !== "answered")
    failures += 1;
  const table = Object.entries(counts)
    .sort()
    .map(([key, many]) => `${key} ${many}`);
  process.stdout.write(`${table.join(", ")}\nslowest ${slowest.toFixed(0)} ms, ${failures} failures\n`);
  return failures === 0;
}

const AUTHOR = { id: "command:fuzz", name: "fuzz" };

function shown(input: Input): string {
  return input.kind === "file"
    ? `${input.name} ${Buffer.from(input.bytes).toString("base64").slice(0, 2_000)}`
    : input.body.slice(0, 2_000);
}

/** What the service makes of a body: `answered`, the first code, or what may not be. */
async function answerOf(url: string, body: string): Promise<string> {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  let text: string;
  let status: number;
  try {
    const response = await fetch(`${url}graphql`, { method: "POST", headers, body });
    [text, status] = [await response.text(), response.status];
  } catch (error) {
    return `CRASH ${String(error)}`;
  }
  if (/^event: |^:/.test(text)) return "stream";
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string; requestId: string } }[] };
    if (errors === undefined) return status === 200 ? "answered" : `UNKNOWN ${status}`;
    const wrong = errors.find(({ extensions: { code, requestId } }) => !(code in PUBLIC_ERRORS) || !requestId);
    if (wrong !== undefined) return `UNKNOWN ${text}`;
    return errors.some(({ extensions }) => extensions.code === "INTERNAL")
      ? `INTERNAL ${text}`
      : errors[0]!.extensions.code;
  } catch {
    return `UNKNOWN ${status} ${text}`;
  }
}

const QUERIES = new URL("../contract/queries/", import.meta.url);
const SEEDS = new URL("../../seeds/", import.meta.url);
const DOCUMENTS = [
  ...readdirSync(QUERIES)
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => readFileSync(new URL(name, QUERIES), "utf8")),
  `mutation { upsertEntities(input: {dataset: "own", entities: [{id: "firm-x", kind: Firm, properties: {name: "某厂", country: "CN", assertion: "ASSUMED"}}]}) { version created userErrors { code path message } } }`,
  `mutation { deleteRelationships(input: {relationships: [{id: "x", ifVersion: 3}]}) { deleted userErrors { code } } }`,
  `query ($id: ID!, $n: Int = 3) { node(id: $id) { id ... on Firm { products(first: $n) { edges { share node { ...named } } } } } } fragment named on Entity { id name }`,
];
const FILES = ["firm", "product", "source"].map((kind) =>
  readFileSync(new URL(`reference/nodes/${kind}.csv`, SEEDS), "utf8")
    .split("\n")
    .slice(0, 12)
    .join("\n"),
);

const ODD = [
  ...[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    '"',
    '"""',
    ":",
    "$",
    "@",
    "...",
    "!",
    "|",
    "&",
    "#",
    "\\",
    "\\u",
    "\n",
    "\r",
    ",",
    ";",
    "\t",
  ],
  ...[
    "null",
    "true",
    "-0",
    "1e999",
    "9007199254740993",
    "2147483648",
    "__proto__",
    "constructor",
    "__typename",
    "on",
    "fragment",
  ],
  ...[
    "\0",
    "\ufeff",
    "\u2028",
    "\ud800",
    "\u202e",
    "😀",
    "芯",
    "\ufffd",
    "'",
    "`",
    "*/",
    "//",
    "--",
    "*:*",
    "$",
    "{{",
    "=1+1",
    "%00",
    "../",
  ],
];

/** A text that was right, with a few changes. */
function stirred(text: string): fc.Arbitrary<string> {
  const place = fc.nat(text.length);
  const change = fc.oneof(
    fc.tuple(fc.constant("insert" as const), place, fc.constantFrom(...ODD)),
    fc.tuple(fc.constant("insert" as const), place, fc.string({ unit: "binary", maxLength: 12 })),
    fc.tuple(fc.constant("cut" as const), place, fc.nat(30)),
    fc.tuple(fc.constant("double" as const), place, fc.nat(60)),
    fc.tuple(fc.constant("end" as const), place, fc.constant(0)),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((now, [how, at, what]) => {
      if (typeof what === "string") return now.slice(0, at) + what + now.slice(at);
      if (how === "cut") return now.slice(0, at) + now.slice(at + what);
      if (how === "double") return now.slice(0, at + what) + now.slice(at);
      return now.slice(0, at);
    }, text),
  );
}

function anyInput(): fc.Arbitrary<Input> {
  const document = fc.constantFrom(...DOCUMENTS).chain(stirred);
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom<unknown>(null, 1, "x", [], {}, { id: 1 }, { id: [] }, { id: { $ne: 1 } }),
  );
  const body = fc.oneof(
    fc
      .record(
        {
          query: fc.oneof(fc.constantFrom<unknown>(...DOCUMENTS), odd),
          variables: odd,
          operationName: odd,
          extensions: odd,
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
    fc
      .constantFrom(...DOCUMENTS)
      .map((query) => JSON.stringify({ query, variables: { id: "firm-jinhua", n: 2 } }))
      .chain(stirred),
    fc.string({ unit: "binary", maxLength: 200 }),
  );
  const importing =
    "mutation ($input: ImportBatchInput!) { importBatch(input: $input) { version userErrors { code path message } } }";
  const batch = fc
    .tuple(fc.constantFrom("CSV", "JSONL"), fc.constantFrom(...FILES).chain(stirred))
    .map(([format, content]) =>
      JSON.stringify({ query: importing, variables: { input: { format, dataset: "fuzz", content: [content] } } }),
    );
  const file = fc
    .tuple(
      fc.constantFrom(...FILES).chain(stirred),
      fc.boolean(),
      fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 3 }),
      fc.constantFrom("firms.csv", "firms.jsonl"),
    )
    .map(([text, isGbk, flips, name]) => {
      const bytes = isGbk ? gb18030(text) : new Uint8Array(Buffer.from(text));
      for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
      return { kind: "file" as const, name, bytes };
    });
  return fc.oneof(
    document.map((query) => ({
      kind: "document" as const,
      body: JSON.stringify({ query, variables: { id: "firm-jinhua" } }),
    })),
    body.map((text) => ({ kind: "body" as const, body: text })),
    batch.map((text) => ({ kind: "batch" as const, body: text })),
    file,
  );
}
