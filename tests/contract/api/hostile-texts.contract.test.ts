import { afterAll, beforeAll, expect, test } from "vitest";
import { contentHash } from "../../../graph/export/content-hash.ts";
import { createSchema } from "../../../server/schema/index.ts";
import { type Api, openSeededApi } from "../../support/api.ts";
import { describeEachEngine } from "../../support/engines.ts";
import { rootFields } from "../../support/root-fields.ts";

const HOSTILE = [
  `x' OR 1=1 //`,
  `x"}) DETACH DELETE n //`,
  "`) MATCH (n) DETACH DELETE n //",
  `' UNION MATCH (n) RETURN n //`,
  `'}) CALL dbms.components() YIELD name RETURN name //`,
  String.raw`\u0060\u0027) RETURN 1 //`,
  "/* */ RETURN 1 ;",
  "$id",
  "{{id}}",
  "__proto__",
  "*:*",
  "/.*/",
  "[* TO *]",
  "(".repeat(40),
  'name:"x" AND NOT y~2 ^4 \\',
  "\u0000",
  "\u202e\uffff",
];

/** Texts that would be more than data in a statement or in a search, in every place of the API that takes a text. */
describeEachEngine("hostile texts are data", (engine) => {
  let api: Api;
  let hash: string;
  beforeAll(async () => {
    api = await openSeededApi(engine);
    hash = await contentHash(api.store);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const asked = rootFields(createSchema()).filter(({ operation }) => operation.includes('"x"'));
  test.each(asked)("$field", async ({ operation }) => {
    for (const text of HOSTILE) {
      const { status, errors = [] } = await api.ask(operation.replaceAll('"x"', JSON.stringify(text)));
      expect([200, 400, 404]).toContain(status);
      for (const { message, extensions } of errors) {
        expect(["BAD_USER_INPUT", "NOT_FOUND"]).toContain(extensions.code);
        expect(message).not.toMatch(
          /Neo\.|MATCH|Lucene|parse|grafeo/i.test(text) ? /Neo\./ : /Neo\.|MATCH|Lucene|grafeo/i,
        );
      }
    }
    expect(await contentHash(api.store)).toBe(hash);
  });

  test("what a search engine would take for everything finds nothing", async () => {
    for (const text of ["*:*", "/.*/", "[* TO *]", "*", "?", "~", "(".repeat(200)]) {
      const { data } = await api.ask("query ($text: String!) { search(text: $text) { match } }", { text });
      expect(data).toStrictEqual({ search: [] });
    }
  });
});
