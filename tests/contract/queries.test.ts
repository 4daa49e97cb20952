import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSchema } from "../../server/schema/index.ts";
import { type Api, openSeededApi } from "../support/api.ts";
import { describeEachEngine } from "../support/engines.ts";
import { textsAsVariables } from "../support/texts-as-variables.ts";

const schema = createSchema();
const folder = new URL("./queries/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".graphql"));

/** Adding a case is adding a file: the answer beside it is the same on both engines. `npx vitest -u` rewrites answers. */
describeEachEngine("the seeds answer the stored queries", (engine) => {
  let api: Api;
  beforeAll(async () => {
    api = await openSeededApi(engine);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  for (const name of names) {
    test(name, async () => {
      const query = readFileSync(new URL(name, folder), "utf8");
      const answer = await api.ask(query);
      // What is asked again and again, its texts as variables, is compiled, and answers the same.
      const again = textsAsVariables(schema, query);
      for (let turn = 1; turn <= 4; turn += 1) expect(await api.ask(again.query, again.variables)).toEqual(answer);
      const file = new URL(name.replace(/graphql$/, "json"), folder);
      await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(file.pathname);
    });
  }
});
