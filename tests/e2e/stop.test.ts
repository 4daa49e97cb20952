import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { EMBEDDED } from "../reliability/engine.ts";
import { stopUnderLoad } from "../reliability/sigterm.ts";
import { killAmongWrites } from "../reliability/write-kills.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

/** A request whose body has come in part, so that its answer is still to come. */
function halfAsked({ url }: Service) {
  const body = JSON.stringify({ query: "{ statistics { engine } }" });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const call = request(`${url}graphql`, { method: "POST", headers });
  call.write(body.slice(0, 5));
  return {
    call,
    async finish(): Promise<{ status: number | undefined; body: string; connection: string | undefined }> {
      call.end(body.slice(5));
      const [response] = (await once(call, "response")) as [IncomingMessage];
      const { statusCode: status, headers } = response;
      return { status, body: await text(response), connection: headers.connection };
    },
  };
}

/** Waits until the service says so of itself. */
async function unready({ url }: Service): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${url}health/ready`);
    const state = await response.json();
    if (response.status === 503) return state;
  }
}

test("a stopping service is not ready at once, answers what is under way, and ends with 0", async () => {
  using data = temporaryFolder();
  const service = await startService({ LIANTU_DATA: data.path, LIANTU_SEED: "false" });
  const asked = halfAsked(service);
  // Taken, as an answer behind it shows.
  expect((await fetch(`${service.url}health/ready`)).status).toBe(200);
  const stopped = service.stop();
  expect(await unready(service)).toStrictEqual({ status: "stopping" });
  expect((await fetch(`${service.url}health/live`)).status).toBe(200);
  expect(await asked.finish()).toMatchObject({ status: 200, body: '{"data":{"statistics":{"engine":"embedded"}}}' });
  expect(await stopped).toBe(0);
});

test("a second signal ends the service at once with 1", async () => {
  using data = temporaryFolder();
  const service = await startService({ LIANTU_DATA: data.path, LIANTU_SEED: "false" });
  const { call } = halfAsked(service);
  const gone = once(call, "error");
  await fetch(`${service.url}health/ready`);
  void service.stop();
  await unready(service);
  expect(await service.stop()).toBe(1);
  await gone;
});

test("no answer is cut when the service is stopped under load, and subscriptions are told", async () => {
  const { answers, cut, exitCodes, untoldStreams } = await stopUnderLoad(EMBEDDED, 2, 20, 1);
  expect({ cut, exitCodes, untoldStreams }).toStrictEqual({ cut: [], exitCodes: [0, 0], untoldStreams: 0 });
  expect(answers).toBeGreaterThan(0);
}, 300_000);

test("no acknowledged write is lost, and none is there in part, when the service is killed among writes", async () => {
  const { acknowledged, failures } = await killAmongWrites(3, 1);
  expect(failures).toStrictEqual([]);
  expect(acknowledged).toBeGreaterThan(0);
}, 300_000);
