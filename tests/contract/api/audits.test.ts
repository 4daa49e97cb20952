import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

describe("GraphQL over HTTP, by its audits", () => {
  let api: Api;
  beforeAll(async () => {
    api = openApi(await embedded.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const audits = serverAudits({
    url: "http://127.0.0.1:4000/graphql",
    fetchFn: (url: string, init?: RequestInit) => api.fetch(new URL(url).pathname + new URL(url).search, init),
  });
  for (const audit of audits) {
    test(audit.name, async () => {
      const result = await audit.fn();
      if (result.status !== "ok") throw new Error(`${result.status}: ${result.reason}`);
    });
  }
});
