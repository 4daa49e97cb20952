import { Client, cacheExchange, fetchExchange, mapExchange } from "@urql/core";
import { loadSession } from "../state/session.ts";

/** The one connection to the service that serves the page. */
export const client = new Client({
  url: new URL("graphql", document.baseURI).href,
  preferGetMethod: false,
  exchanges: [mapExchange({ onError: noticeEnd }), cacheExchange, fetchExchange],
  fetchOptions: { headers: { "x-liantu-csrf": "1" } },
});

/** A session that has ended meanwhile shows in the first question after it. */
function noticeEnd({ graphQLErrors }: { readonly graphQLErrors: readonly { readonly extensions: object }[] }): void {
  if (graphQLErrors.some(({ extensions }) => "code" in extensions && extensions.code === "UNAUTHENTICATED"))
    void loadSession();
}
