import { expect, test } from "vitest";
import { bytesOf, TextResponse } from "../../../server/text-response.ts";

const TEXT = '{"名称":"晋华"}';
const INIT = { status: 201, headers: { "content-type": "application/json" } };

async function readIn<Read>(read: (response: Response) => Promise<Read>): Promise<Read[]> {
  return Promise.all([new TextResponse(TEXT, INIT), new Response(TEXT, INIT)].map(read));
}

test("a response of text reads as Node's own in every way, and is there whole", async () => {
  for (const read of [
    (response: Response) => response.text(),
    (response: Response) => response.json(),
    async (response: Response) => Buffer.from(await response.arrayBuffer()).toString("hex"),
    async (response: Response) => (await bytesOf(response))?.toString("hex"),
    async ({ status, headers }: Response) => [status, [...headers]],
  ]) {
    const [ours, nodes] = await readIn<unknown>(read);
    expect(ours).toStrictEqual(nodes);
  }
  expect(new TextResponse(TEXT).whole).toBe(TEXT);
});

test("a stream stays one whose end reaches who makes it, and nothing stays nothing", async () => {
  let isCancelled = false;
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array([104])),
    cancel: () => {
      isCancelled = true;
    },
  });
  const response = new TextResponse(stream);
  expect(response.whole).toBeNull();
  await response.body!.cancel();
  expect(isCancelled).toBe(true);
  expect(await bytesOf(new TextResponse(null, { status: 204 }))).toBeNull();
  expect((await bytesOf(new TextResponse(new Uint8Array([104, 105]))))?.toString()).toBe("hi");
});
