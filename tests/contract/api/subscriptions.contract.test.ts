import { expect, test, vi } from "vitest";
import type { RecordInput } from "../../../graph/formats/input.ts";
import { importRecords } from "../../../graph/import/import-records.ts";
import { MOST_BUFFERED } from "../../../server/live/bounded-events.ts";
import { type Api, openApi } from "../../support/api.ts";
import { describeEachEngine, embedded } from "../../support/engines.ts";
import { EventReader } from "../../support/event-reader.ts";

const CHANGED = "version truncated actor { id } nodes { created updated deleted }";

async function put(api: Api, ids: readonly string[]): Promise<number> {
  const entities = ids.map((id) => ({
    ...{ id, kind: "Firm" },
    properties: { name: id, assertion: "ASSUMED" },
  }));
  const { data } = await api.ask(
    `mutation ($entities: [EntityInput!]!) { upsertEntities(input: {dataset: "own", entities: $entities}) { version } }`,
    { entities },
  );
  return (data as { readonly upsertEntities: { readonly version: number } }).upsertEntities.version;
}

const changed = (since?: number) =>
  `subscription { graphChanged${since === undefined ? "" : `(since: ${since})`} { ${CHANGED} } }`;

async function versions(reader: EventReader, count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const event = await reader.next();
    found.push((event!.data!["graphChanged"] as { readonly version: number }).version);
  }
  return found;
}

test("a subscription to which nothing happens is heard of every 15 s, so that no gateway takes it for dead", async () => {
  await using api = openApi(await embedded.open());
  // Under tests the library beats forty times as often.
  vi.stubEnv("NODE_ENV", "production");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const { body } = await api.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: changed() }),
    });
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(":\n\n");
    for (let beat = 0; beat < 3; beat += 1) {
      await vi.advanceTimersByTimeAsync(15_000);
      expect((await reader.read()).value).toMatch(/^(:\n\n)+$/);
    }
    await reader.cancel();
  } finally {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  }
});

describeEachEngine("subscriptions", (engine) => {
  test("tell each change with its ids and who made it", async () => {
    await using api = openApi(await engine.open());
    const reader = await EventReader.open(api, changed());
    await put(api, ["a", "b"]);
    expect((await reader.next())?.data).toStrictEqual({
      graphChanged: {
        ...{ version: 1, truncated: false, actor: { id: "open" } },
        nodes: { created: ["a", "b"], updated: [], deleted: [] },
      },
    });
    await reader.close();
  });

  test("go on from a version, with nothing left out and nothing twice, while others write", async () => {
    await using api = openApi(await engine.open());
    await put(api, ["f0"]);
    const writing = Promise.all(Array.from({ length: 30 }, (_, index) => put(api, [`g${index}`])));
    const seen: number[] = [];
    while (seen.length < 31) {
      const reader = await EventReader.open(api, changed(seen.at(-1) ?? 0));
      seen.push(...(await versions(reader, Math.min(7, 31 - seen.length))));
      await reader.close();
    }
    await writing;
    expect(seen).toStrictEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  });

  test("tell several readers the same, those that come late too", async () => {
    await using api = openApi(await engine.open());
    const readers = await Promise.all([1, 2, 3].map(() => EventReader.open(api, changed(0))));
    const reading = Promise.all(readers.map((reader) => versions(reader, 12)));
    for (let index = 0; index < 12; index++) await put(api, [`f${index}`]);
    const late = await EventReader.open(api, changed(0));
    const all = [...(await reading), await versions(late, 12)];
    for (const each of all) expect(each).toStrictEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    await Promise.all([...readers, late].map((reader) => reader.close()));
  });

  test("refuse a version that is not there yet, or from which the log no longer reaches", async () => {
    await using api = openApi(await engine.open(), { changesKept: 3 });
    for (let index = 0; index < 9; index++) await put(api, [`f${index}`]);
    for (const since of [-1, 0, 10]) {
      const reader = await EventReader.open(api, changed(since));
      expect((await reader.next())?.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    const reader = await EventReader.open(api, changed(7));
    expect(await versions(reader, 2)).toStrictEqual([8, 9]);
    await reader.close();
  });

  test("are five for a caller; one that ends makes room", async () => {
    await using api = openApi(await engine.open());
    const readers = await Promise.all([1, 2, 3, 4, 5].map(() => EventReader.open(api, changed(0))));
    const sixth = await EventReader.open(api, changed(0));
    expect((await sixth.next())?.errors?.[0]?.extensions.code).toBe("RATE_LIMITED");
    await readers[0]!.close();
    const next = await EventReader.open(api, changed(0));
    await put(api, ["a"]);
    expect(await versions(next, 1)).toStrictEqual([1]);
    await Promise.all([...readers.slice(1), next].map((reader) => reader.close()));
  });

  test("end with SHUTTING_DOWN when the service stops, and none is taken after", async () => {
    await using api = openApi(await engine.open());
    const reader = await EventReader.open(api, changed(0));
    await put(api, ["a"]);
    await versions(reader, 1);
    const last = reader.next();
    api.stop();
    const [told] = (await last)!.errors!;
    expect(told!.extensions).toStrictEqual({
      code: "SHUTTING_DOWN",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await reader.next()).toBeUndefined();
    const late = await EventReader.open(api, changed(0));
    expect((await late.next())?.errors?.[0]?.extensions.code).toBe("SHUTTING_DOWN");
  });

  test("cut a reader for whom more than a megabyte waits; it comes again and goes on", async () => {
    await using api = openApi(await engine.open());
    const reader = await EventReader.open(api, changed(0));
    const name = (round: number, index: number) => `${"n".repeat(190)}-${round}-${index}`;
    const rounds = Math.ceil(MOST_BUFFERED / (1_000 * 190)) + 3;
    for (let round = 0; round < rounds; round++)
      await put(
        api,
        Array.from({ length: 1_000 }, (_, index) => name(round, index)),
      );
    await expect.poll(() => reader.isCut(), { timeout: 5_000 }).toBe(true);
    const again = await EventReader.open(api, changed(rounds - 1));
    expect(await versions(again, 1)).toStrictEqual([rounds]);
    await again.close();
  });

  test("tell how far a bulk import is and that it has ended, then its one entry of the log", async () => {
    await using api = openApi(await engine.open());
    const reader = await EventReader.open(api, "subscription { importProgress { title stage done created } }");
    const importing = importRecords(api.store, firms(40), {
      ...{ bulk: true, rowsPerBatch: 10, leaseMs: 50, key: "k", title: "firms.jsonl" },
      author: { id: "command:li", name: "li" },
    });
    const stages: string[] = [];
    while (stages.at(-1) !== "ENDED") {
      const event = await reader.next();
      const { title, stage } = event!.data!["importProgress"] as { readonly title: string; readonly stage: string };
      expect(title).toBe("firms.jsonl");
      stages.push(stage);
    }
    expect(stages[0]).toBe("WRITE");
    const { version } = await importing;
    await reader.close();
    const { data } = await api.ask(
      `{ changes(since: 0) { nodes { version action created truncated actor { name } } } }`,
    );
    expect(data).toStrictEqual({
      changes: { nodes: [{ version, action: "BULK_IMPORT", created: 40, truncated: true, actor: { name: "li" } }] },
    });
  });
});

function firms(count: number): RecordInput {
  const dataset = {
    ...{ name: "own", title: { zh: "自有", en: "own" }, licence: "CC0" },
    description: { zh: "试", en: "a test" },
  };
  return {
    dataset,
    size: 0,
    async *entities() {
      for (let index = 0; index < count; index++)
        yield [
          {
            ...{ id: `f${index}`, kind: "Firm" as const },
            properties: { name: `f${index}`, dataset: "own", assertion: "ASSUMED" },
          },
        ];
    },
    async *relationships() {},
  };
}
