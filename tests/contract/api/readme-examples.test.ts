import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openSeededApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";
import { EventReader } from "../../support/event-reader.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

test("README's mutation and subscription do what it says, on a graph as the first start leaves it", async () => {
  await using api = await openSeededApi(embedded);
  const [, body, answer] = /curl -s \S+\/graphql -H 'content-type: application\/json' -d '(.*)'\n# (.*)/.exec(readme)!;
  const mutate = async () =>
    (
      await api.fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body: body! })
    ).json();
  expect(await mutate()).toStrictEqual(JSON.parse(answer!));
  expect(await mutate()).toStrictEqual(JSON.parse(answer!));

  const [, path, event] = /curl -N 'http:\/\/[^/]+(\/graphql\?\S+)' .*\n# event: next\n# data: (.*)/.exec(readme)!;
  const reader = await EventReader.get(api, path!);
  expect(await reader.next()).toStrictEqual(JSON.parse(event!));
  await reader.close();
});
