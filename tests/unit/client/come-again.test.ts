import { CombinedError } from "@urql/core";
import { GraphQLError } from "graphql";
import { expect, test } from "vitest";
import { comeAgainAfter } from "../../../client/api/come-again.ts";

function refusal(code: string, headers: Record<string, string>): CombinedError {
  const graphQLErrors = [new GraphQLError("refused", { extensions: { code } })];
  return new CombinedError({ graphQLErrors, response: new Response(null, { headers }) });
}

test("What is refused for the moment is asked again as late as the answer says, then later, and three times at most", () => {
  for (const code of ["TIMEOUT", "DB_UNAVAILABLE", "OVERLOADED"]) {
    const waits = [0, 1, 2, 3].map((tries) => comeAgainAfter(refusal(code, { "retry-after": "2" }), tries));
    expect(waits).toStrictEqual([2_000, 4_000, 8_000, null]);
  }
});

test("What would be refused again, or whenever nobody says when, is left to the reader", () => {
  expect(comeAgainAfter(undefined, 0)).toBeNull();
  expect(comeAgainAfter(refusal("BAD_USER_INPUT", { "retry-after": "2" }), 0)).toBeNull();
  expect(comeAgainAfter(refusal("TIMEOUT", {}), 0)).toBeNull();
  expect(comeAgainAfter(refusal("TIMEOUT", { "retry-after": "soon" }), 0)).toBeNull();
  expect(comeAgainAfter(new CombinedError({ networkError: new Error("gone") }), 0)).toBeNull();
});
