import { expect, test } from "vitest";
import { FIRST_QUERY } from "../../../server/graphiql.ts";
import { openSeededApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";

test.each([
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en-GB,en;q=0.9,zh;q=0.8", "en"],
  ["fr-FR,en;q=0.5", "en"],
  ["", "zh"],
] as const)("GraphiQL opens for %s with a query in that language, which is answered", async (accepted, language) => {
  await using api = await openSeededApi(embedded);
  const headers = { accept: "text/html", "accept-language": accepted };
  const page = await (await api.fetch("/graphql", { headers })).text();
  const [first] = FIRST_QUERY[language].split("\n");
  expect(page).toContain(first);
  const { data, errors } = await api.ask(FIRST_QUERY[language]);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ gaps: { verdict: "NO", gaps: { length: 10 } } });
});

test("GraphiQL is one page that asks nobody else for anything", async () => {
  await using api = await openSeededApi(embedded);
  const response = await api.fetch("/graphql", { headers: { accept: "text/html" } });
  const policy = response.headers.get("content-security-policy")!;
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/https?:|\*/);
  expect(await response.text()).not.toMatch(/<(script|link|img)[^>]* (src|href)="(https?:)?\/\//);
});
