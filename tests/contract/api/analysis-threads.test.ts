import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { createAnalystPool } from "../../../graph/analyst/analyst-pool.ts";
import { cypher } from "../../../graph/cypher.ts";
import { createProjection } from "../../../graph/projection/cache.ts";
import { createPublicPart } from "../../../graph/projection/public-part.ts";
import { OPEN } from "../../../server/access/caller.ts";
import { createContext } from "../../../server/context.ts";
import { createLive } from "../../../server/live/live.ts";
import { type Api, openApi, openSeededStore } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

const LONG = 600_000;
const LOCALIZATION = `{ localization(target: "firm-jinhua") { version rate { low high } categoryCoverage { total } } }`;
const withdraw = {
  name: "test.withdraw",
  row: z.never(),
  text: cypher`MATCH (item:Product {id: $id}) DETACH DELETE item`,
};

function unruly(timeoutMs: number, threads = 2) {
  const entry = new URL("../../support/unruly-thread.ts", import.meta.url);
  return createAnalystPool({ threads, queue: 10, timeoutMs, graceMs: LONG, entry });
}

describe("the service with its analyses in threads", () => {
  let api: Api;
  const analyst = createAnalystPool({ threads: 2, queue: 10, timeoutMs: LONG });
  beforeAll(async () => {
    api = openApi(await openSeededStore(embedded), { analyst });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test("answers as in one thread", async () => {
    const local = openApi(api.store);
    const questions = `
      gaps(target: "firm-jinhua", first: 3) { gaps { item { id } score { low high } resources { resource { id } scope } } }
      substitution(target: "firm-jinhua") { verdict afterCompletion { cost } }
      exposure(target: "firm-jinhua") { gradedLoss { low high } }
      localization(target: "firm-jinhua") { rate { low high } }`;
    const answer = await api.ask(`{ ${questions} }`);
    expect(answer.errors).toBeUndefined();
    expect(answer).toStrictEqual(await local.ask(`{ ${questions} }`));
  });

  test("tells a fault of the question as the caller's", async () => {
    const { status, errors } = await api.ask(`{ localization(target: "nobody") { version } }`);
    expect([status, errors?.[0]?.extensions.code]).toStrictEqual([400, "BAD_USER_INPUT"]);
    expect(errors?.[0]?.message).toContain('"nobody"');
  });

  test("keeps one version for the length of a request; the next request sees the write", async () => {
    const services = {
      store: api.store,
      analyst,
      publicPart: createPublicPart(api.store),
      projection: createProjection(api.store, { refreshMs: 0 }),
      live: createLive({ store: api.store, unsettled: api.store, refreshMs: 1_000 }),
      changesKept: 100,
    };
    const question = { targets: ["firm-jinhua"], policy: DEFAULT_POLICY };
    const underWay = createContext(services, { signal: new AbortController().signal, caller: OPEN, address: "" });
    const before = await underWay.analyze("localization", question);
    const { version } = await api.store.write((tx) => tx.run(withdraw, { id: before.items[0]!.item }));
    expect((await underWay.network()).version).toBe(version - 1);
    expect(await underWay.analyze("localization", question)).toStrictEqual(before);
    const next = createContext(services, { signal: new AbortController().signal, caller: OPEN, address: "" });
    expect((await next.network()).version).toBe(version);
    expect((await next.analyze("localization", question)).categoryCoverage.total).toBeLessThan(
      before.categoryCoverage.total,
    );
  });
});

describe("an analysis that does not end", () => {
  test("leaves the service free to answer, until its caller goes away: then its thread is too", async () => {
    await using api = openApi(await openSeededStore(embedded), { analyst: unruly(LONG, 1) });
    const order: string[] = [];
    const caller = new AbortController();
    const body = JSON.stringify({ query: `{ gaps(target: "firm-jinhua") { verdict } }` });
    const headers = { "content-type": "application/json" };
    const endless = api
      .fetch("/graphql", { method: "POST", headers, body, signal: caller.signal })
      .finally(() => order.push("endless"));
    const waiting = api.ask(LOCALIZATION).then(() => order.push("waiting"));
    await api.ask("{ statistics { version } }").then(() => order.push("statistics"));
    await api.fetch("/health/ready").then(() => order.push("health"));
    caller.abort();
    await Promise.allSettled([endless, waiting]);
    expect(order.slice(0, 2)).toStrictEqual(["statistics", "health"]);
    expect(order).toContain("waiting");
  });

  test("is a TIMEOUT at the limit", async () => {
    await using api = openApi(await openSeededStore(embedded), { analyst: unruly(2_000) });
    const { status, errors, data } = await api.ask(`{ gaps(target: "firm-jinhua") { verdict } }`);
    expect([status, errors?.map(({ extensions }) => extensions.code), data]).toStrictEqual([504, ["TIMEOUT"], null]);
  });
});
