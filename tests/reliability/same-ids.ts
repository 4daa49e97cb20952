import { askService, startService, temporaryFolder } from "../support/service.ts";
import { letUsersAsk, type Question, Tally } from "../support/users.ts";
import type { EngineSettings } from "./engine.ts";

export interface SameIdsOutcome {
  readonly tally: Tally;
  readonly writes: number;
  readonly nodes: number;
  /** Reads that saw a part of a write. */
  readonly torn: number;
  readonly failures: readonly string[];
}

const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code message } } }`;
const PAIR = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { marketSizeUsd } } }`;
const SUM = 1_000;

/**
 * Clients who all write the same ids, two at a time, whose sizes always add up to the same, and read them between: at the end
 * there must be exactly so many nodes, and no read may see one half of a write.
 */
export async function sameIds(engine: EngineSettings, clients = 64, ids = 100, seconds = 30): Promise<boolean> {
  const { tally, writes, nodes, torn, failures } = await writeSameIds(engine, clients, ids, seconds);
  for (const failure of new Set(failures)) process.stdout.write(`${failure}\n`);
  process.stdout.write(
    `${clients} clients for ${seconds} s: ${tally}\n${writes} writes of ${ids} ids, ${nodes} nodes, ${torn} reads of half a write, ${failures.length} failures\n`,
  );
  return nodes === ids && torn === 0 && failures.length === 0;
}

/** As `sameIds`; each client asks at least once for every pair. */
export async function writeSameIds(
  engine: EngineSettings,
  clients: number,
  ids: number,
  seconds: number,
): Promise<SameIdsOutcome> {
  using data = temporaryFolder();
  await using service = await startService({ ...engine, LIANTU_DATA: data.path, LIANTU_SEED: "false" });
  const pairs = Array.from({ length: ids / 2 }, (_, at) => [`item-${2 * at}`, `item-${2 * at + 1}`] as const);
  const end = performance.now() + seconds * 1_000;
  const tally = new Tally();
  const failures: string[] = [];
  let [asked, writes, torn] = [0, 0, 0];
  await letUsersAsk(
    service.url,
    clients,
    () => performance.now() > end && asked >= 2 * pairs.length,
    (user, turn): Question => {
      asked += 1;
      const pair = pairs[(user * 7 + (turn >> 1)) % pairs.length]!;
      if (turn % 2 === 1) return { query: PAIR, variables: { ids: pair } };
      const size = (user * 31 + turn) % SUM;
      const entities = pair.map((id, at) => {
        const properties = { name: id, category: "PART", assertion: "ASSUMED" };
        return { id, kind: "Product", properties: { ...properties, marketSizeUsd: at === 0 ? size : SUM - size } };
      });
      return { query: UPSERT, variables: { input: { dataset: "same", entities } } };
    },
    ({ failure, codes, data: answer, ...reply }, { query }) => {
      tally.add({ ...reply, failure, codes, data: answer });
      if (failure !== null || codes.length > 0) failures.push(failure ?? codes.join());
      else if (query === PAIR) {
        const sizes = (answer!["nodes"] as ({ marketSizeUsd: number } | null)[]).map((node) => node?.marketSizeUsd);
        const isNone = sizes.every((size) => size === undefined);
        if (!isNone && (sizes[0] ?? Number.NaN) + (sizes[1] ?? Number.NaN) !== SUM) torn += 1;
      } else {
        const { userErrors } = answer!["upsertEntities"] as { userErrors: { message: string }[] };
        if (userErrors.length === 0) writes += 1;
        else failures.push(userErrors[0]!.message);
      }
    },
  );
  const { products } = await askService<{ products: { totalCount: number } }>(service, `{ products { totalCount } }`);
  return { tally, writes, nodes: products.totalCount, torn, failures };
}
