import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { includesRole, ROLES, type Role } from "../../../graph/roles.ts";
import { createAccess } from "../../../server/access/access.ts";
import { createKey } from "../../../server/access/api-keys.ts";
import { INTROSPECTION, RULES } from "../../../server/access/rules.ts";
import { createSchema } from "../../../server/schema/index.ts";
import { type Answer, type Api, openApi } from "../../support/api.ts";
import { embedded } from "../../support/engines.ts";
import { rootFields } from "../../support/root-fields.ts";

const CALLERS = ["anonymous", ...ROLES] as const;
type CallerName = (typeof CALLERS)[number];
const ACCESS_CODES = ["UNAUTHENTICATED", "FORBIDDEN"];

describe("who may ask what", () => {
  let api: Api;
  const headers = new Map<CallerName, Record<string, string>>([["anonymous", {}]]);
  beforeAll(async () => {
    const store = await embedded.open();
    for (const role of ROLES) {
      const { key } = await createKey(store, { role, name: role, at: new Date() });
      headers.set(role, { authorization: `Bearer ${key}` });
    }
    api = openApi(store, { access: createAccess({ store, oidc: null, sessionSecret: null, publicUrl: null }) });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  /** The code by which a caller is refused, with its status, or null where they are not. */
  async function refusedBy(caller: CallerName, operation: string): Promise<[string, number] | null> {
    const response = await api.fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json",
        ...headers.get(caller),
      },
      body: JSON.stringify({ query: operation }),
    });
    // A subscription that one may ask for is no JSON: that is then what is refused.
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const { errors = [] } = isJson ? ((await response.json()) as Pick<Answer, "errors">) : {};
    const code = errors.map(({ extensions }) => extensions.code).find((each) => ACCESS_CODES.includes(each));
    return code === undefined ? null : [code, response.status];
  }
  const expected = (caller: CallerName, least: (typeof ROLES)[number]) => {
    if (caller === "anonymous") return ["UNAUTHENTICATED", 401];
    return includesRole(caller, least) ? null : ["FORBIDDEN", 403];
  };

  const cases = rootFields(createSchema()).flatMap(({ type, field, operation }) =>
    CALLERS.map(
      (caller) =>
        [`${type}.${field}`, caller, operation, (RULES[type] as Readonly<Record<string, Role>>)[field]!] as const,
    ),
  );
  test.each(cases)("%s by %s", async (_, caller, operation, least) => {
    expect(await refusedBy(caller, operation)).toStrictEqual(expected(caller, least));
  });

  test.each(CALLERS)("the schema itself by %s, however it is asked", async (caller) => {
    const asked = [
      getIntrospectionQuery(),
      `{ __type(name: "Firm") { name } }`,
      `{ other: __schema { queryType { name } } }`,
      `{ ... on Query { ...deep } } fragment deep on Query { __schema { queryType { name } } }`,
    ];
    for (const operation of asked)
      expect(await refusedBy(caller, operation)).toStrictEqual(expected(caller, INTROSPECTION));
  });

  test.each(CALLERS)("what is no secret is answered to %s", async (caller) => {
    expect(await api.ask("{ __typename }", {}, headers.get(caller))).toStrictEqual({
      status: 200,
      data: { __typename: "Query" },
    });
  });

  test.each(CALLERS)("GraphiQL by %s", async (caller) => {
    const response = await api.fetch("/graphql", { headers: { accept: "text/html", ...headers.get(caller) } });
    const page = await response.text();
    expect([response.status, page.includes("YogaGraphiQL")]).toStrictEqual(
      caller === "anonymous" ? [401, false] : [200, true],
    );
  });

  test("a refused field is refused under every alias and directive, and beside others", async () => {
    for (const operation of [
      `{ mine: statistics { version } }`,
      `{ __typename statistics @include(if: true) { version } }`,
      `{ ...deep } fragment deep on Query { statistics { version } }`,
      `{ node(id: "x") { id } statistics { version } }`,
    ])
      expect(await refusedBy("anonymous", operation)).toStrictEqual(["UNAUTHENTICATED", 401]);
  });
});
