import { expect, test } from "vitest";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const GAPS = `{ gaps(target: "firm-jinhua", first: 1) { verdict totalCount gaps { orphan } } }`;

test("the built service and `npm run dev` answer analyses from their threads alike", async () => {
  using data = temporaryFolder();
  const built = await startService({ LIANTU_DATA: data.path });
  const answer = await ask(built, GAPS);
  expect(await built.stop()).toBe(0);
  expect(answer).toMatchObject({ data: { gaps: { verdict: "NO" } } });
  await using dev = await startService({ LIANTU_DATA: data.path }, ["npx", "tsx", "server/main.ts"]);
  expect(await ask(dev, GAPS)).toStrictEqual(answer);
}, 180_000);

test("an analysis past LIANTU_ANALYSIS_TIMEOUT_MS is a TIMEOUT, beside what the service answers without one", async () => {
  using data = temporaryFolder();
  await using service = await startService({ LIANTU_DATA: data.path, LIANTU_ANALYSIS_TIMEOUT_MS: "1" });
  expect(await ask(service, GAPS)).toMatchObject({ errors: [{ extensions: { code: "TIMEOUT" } }] });
  expect(await ask(service, `{ node(id: "firm-jinhua") { id } }`)).toStrictEqual({
    data: { node: { id: "firm-jinhua" } },
  });
});

async function ask(service: Service, query: string): Promise<unknown> {
  const response = await fetch(`${service.url}graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
