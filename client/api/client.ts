import { Client, cacheExchange, fetchExchange } from "@urql/core";

/** The one connection to the service that serves the page. */
export const client = new Client({
  url: new URL("graphql", document.baseURI).href,
  preferGetMethod: false,
  exchanges: [cacheExchange, fetchExchange],
  fetchOptions: { headers: { "x-graphql-yoga-csrf": "1" } },
});
