import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What came of one GraphQL request. */
export interface Reply {
  /** Null where no whole answer came; `failure` says why. */
  readonly status: number | null;
  readonly failure: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly codes: readonly string[];
  readonly hasRetryAfter: boolean;
  readonly ms: number;
  /** `performance.now()` when it came. */
  readonly at: number;
}

/** A query or mutation, as a client sends it. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Milliseconds after which an answer is given up, and counts as none. */
const GIVE_UP_MS = 30_000;
/** Milliseconds that a user waits where it was told to come again. */
const PAUSE_MS = 100;

/**
 * Lets so many users, each on a connection that it keeps, ask one question after the other until `isOver`.
 *
 * @param next the question of a user; its turns count from 0
 */
export async function letUsersAsk(
  url: string,
  users: number,
  isOver: () => boolean,
  next: (user: number, turn: number) => Question,
  told: (reply: Reply, question: Question) => void,
): Promise<void> {
  const one = async (user: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; !isOver(); turn += 1) {
      const question = next(user, turn);
      const reply = await askOn(agent, url, question);
      told(reply, question);
      if (reply.hasRetryAfter || reply.status === null) await sleep(PAUSE_MS);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: users }, (_, user) => one(user)));
}

/** Sends one question over an agent's connections. */
export function askOn(agent: Agent, url: string, question: Question): Promise<Reply> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (reply: Partial<Reply>): void => {
      const at = performance.now();
      const nothing = { status: null, failure: null, data: null, codes: [], hasRetryAfter: false };
      resolve({ ...nothing, ...reply, ms: at - began, at });
    };
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    const call = request(`${url}graphql`, { method: "POST", agent, headers, timeout: GIVE_UP_MS }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => {
        const status = response.statusCode ?? null;
        const hasRetryAfter = response.headers["retry-after"] !== undefined;
        end({ status, hasRetryAfter, ...readBody(text) });
      });
      response.on("error", (error) => end({ failure: `within an answer: ${error.message}` }));
    });
    call.on("timeout", () => call.destroy(new Error(`no answer in ${GIVE_UP_MS} ms`)));
    call.on("error", (error) => end({ failure: error.message }));
    call.end(JSON.stringify(question));
  });
}

function readBody(text: string): Pick<Reply, "data" | "codes" | "failure"> {
  try {
    const { data, errors } = JSON.parse(text) as {
      data?: Readonly<Record<string, unknown>> | null;
      errors?: readonly { extensions: { code: string } }[];
    };
    return { data: data ?? null, codes: (errors ?? []).map(({ extensions }) => extensions.code), failure: null };
  } catch {
    return { data: null, codes: [], failure: `no JSON: ${text.slice(0, 200)}` };
  }
}

/** Counts of replies and how long they took. */
export class Tally {
  readonly #times: number[] = [];
  readonly counts: Record<string, number> = {};

  add({ status, codes, failure, ms }: Reply): void {
    const key = failure ?? (codes.length === 0 ? `answered ${status}` : `${status} ${codes[0]}`);
    this.counts[key] = (this.counts[key] ?? 0) + 1;
    this.#times.push(ms);
  }

  get total(): number {
    return this.#times.length;
  }

  /** The time within which this part of all replies came, in ms; 1 = all. */
  quantile(part: number): number {
    const sorted = this.#times.toSorted((one, other) => one - other);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  }

  toString(): string {
    const counts = Object.entries(this.counts).map(([key, many]) => `${key}: ${many}`);
    return `${this.total} requests (${counts.sort().join(", ")}), p50 ${this.quantile(0.5)} ms, p99 ${this.quantile(0.99)} ms, worst ${this.quantile(1)} ms`;
  }
}

/** Eight sorts of reading, as pages and planners ask. */
export const MIXED_READS: readonly string[] = [
  `{ statistics { version entities { kind count } } }`,
  `{ node(id: "firm-jinhua") { id name ... on Firm { products(first: 5) { totalCount nodes { id name } } } } }`,
  `{ search(text: "晶圆", first: 10) { entity { id name } } }`,
  `{ neighborhood(id: "firm-jinhua", depth: 2, first: 50) { truncated subgraph { nodes { id } } } }`,
  `{ firms(first: 20, orderBy: [{field: NAME}]) { totalCount nodes { id name } } }`,
  `{ paths(from: "firm-jinhua", to: "jurisdiction-us", maxLength: 4) { truncated } }`,
  `{ gaps(target: "firm-jinhua", first: 5) { verdict totalCount } }`,
  `{ localization(target: "firm-jinhua") { version } }`,
];

/** What a user who only reads asks at each turn. */
export function mixedRead(user: number, turn: number): Question {
  return { query: MIXED_READS[(user + turn) % MIXED_READS.length]! };
}
