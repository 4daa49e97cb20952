import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { STREAM_LIMITS } from "../../server/live/stream-slots.ts";
import { codesOf, operation } from "../support/attack.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const CHANGED = "subscription { graphChanged(since: 0) { version nodes { created } } }";

/** A stream of events over a socket of its own, from an address of this machine. */
class Stream {
  text = "";
  isClosed = false;
  readonly socket: Socket;

  constructor(url: string, from = "127.0.0.1") {
    const { port, host } = new URL(url);
    const body = JSON.stringify({ query: CHANGED });
    this.socket = connect({ port: Number(port), host: "127.0.0.1", localAddress: from });
    this.socket.setEncoding("utf8").on("data", (chunk: string) => {
      this.text += chunk;
    });
    this.socket
      .on("error", () => undefined)
      .on("close", () => {
        this.isClosed = true;
      });
    this.socket.write(
      `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  /** Codes of the events that are errors. */
  codes(): string[] {
    return [...this.text.matchAll(/^data: (\{"errors".*)$/gm)].flatMap(([, event]) => codesOf(event!));
  }
}

const heard = (streams: readonly Stream[], text: RegExp) => streams.filter((each) => text.test(each.text)).length;
const within = { timeout: 20_000 };

describe("many streams", () => {
  let data: ReturnType<typeof temporaryFolder>;
  let service: Service;
  let streams: Stream[];
  beforeEach(async () => {
    data = temporaryFolder();
    streams = [];
    service = await startService({ LIANTU_DATA: data.path });
  });
  afterEach(async () => {
    for (const { socket } of streams) socket.destroy();
    await service?.stop();
    data[Symbol.dispose]();
  });

  const open = (count: number, from: (at: number) => string): Stream[] => {
    const opened = Array.from({ length: count }, (_, at) => new Stream(service.url, from(at)));
    streams.push(...opened);
    return opened;
  };
  const put = (id: string) =>
    operation(
      service.url,
      `mutation { upsertEntities(input: {dataset: "own", entities: [{id: "${id}", kind: Firm, properties: {name: "${id}", assertion: "ASSUMED"}}]}) { version } }`,
    );

  test("of one caller are five, of all together 200; each hears of a change; on SIGTERM each is told and closed", async () => {
    const own = open(7, () => "127.0.0.1");
    await expect.poll(() => heard(own, /graphChanged/), within).toBe(STREAM_LIMITS.perCaller);
    await expect
      .poll(() => own.flatMap((each) => each.codes()), within)
      .toStrictEqual(["RATE_LIMITED", "RATE_LIMITED"]);
    // A caller's five at a time: all at once would wait for their turn longer, on a slow machine, than is allowed.
    for (let caller = 1; caller < STREAM_LIMITS.all / STREAM_LIMITS.perCaller; caller++) {
      const others = open(STREAM_LIMITS.perCaller, () => `127.0.1.${caller}`);
      await expect.poll(() => heard(others, /graphChanged/), within).toBe(others.length);
    }
    const [late] = open(1, () => "127.0.2.1");
    await expect.poll(() => late!.codes(), within).toStrictEqual(["OVERLOADED"]);

    await put("told-to-all");
    await expect.poll(() => heard(streams, /told-to-all/), within).toBe(STREAM_LIMITS.all);
    const startedAt = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await expect.poll(() => streams.every(({ isClosed }) => isClosed), within).toBe(true);
    expect(streams.flatMap((each) => each.codes()).filter((code) => code === "SHUTTING_DOWN")).toHaveLength(
      STREAM_LIMITS.all,
    );
  });

  test("that nobody reads hold up nobody, and make room when their reader goes away", async () => {
    const unread = open(STREAM_LIMITS.perCaller, () => "127.0.0.1");
    await expect.poll(() => heard(unread, /graphChanged/), within).toBe(unread.length);
    for (const { socket } of unread) socket.pause();
    const [refused] = open(1, () => "127.0.0.1");
    await expect.poll(() => refused!.codes(), within).toStrictEqual(["RATE_LIMITED"]);
    const [other] = open(1, () => "127.0.3.1");
    await put("meanwhile");
    await expect.poll(() => heard([other!], /meanwhile/), within).toBe(1);
    for (const { socket } of unread) socket.destroy();
    const next = async (): Promise<string[]> => {
      const [stream] = open(1, () => "127.0.0.1");
      await expect.poll(() => stream!.text, within).toMatch(/data: /);
      return stream!.codes();
    };
    let codes = await next();
    for (let tries = 0; tries < 20 && codes.length > 0; tries++) codes = await next();
    expect(codes).toStrictEqual([]);
  });

  test("are kept alive by a comment at least every 15 seconds", async () => {
    const [quiet] = open(1, () => "127.0.0.1");
    await expect.poll(() => heard([quiet!], /graphChanged/), within).toBe(1);
    quiet!.text = "";
    await expect.poll(() => quiet!.text, { timeout: 15_000 }).toMatch(/:\r?\n/);
  });
});
