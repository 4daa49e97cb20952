import { Client, type CombinedError, cacheExchange, fetchExchange, mapExchange } from "@urql/core";
import { edition, knownVersion, noteVersion } from "../state/live.ts";
import { loadSession } from "../state/session.ts";

/** The connection to the service that serves the page; another one, which remembers nothing, after each change. */
export let client = connect();

/** What was answered before this version of the graph is forgotten, and what is shown is asked for anew. */
export function overtakenBy(version: number): void {
  if (noteVersion(version)) startAnew();
}

/** Forgets every answer, and lets what is shown be asked for anew. */
export function startAnew(): void {
  client = connect();
  edition.value += 1;
}

function connect(): Client {
  return new Client({
    url: new URL("graphql", document.baseURI).href,
    preferGetMethod: false,
    exchanges: [mapExchange({ onError: notice }), cacheExchange, fetchExchange],
    fetchOptions,
  });
}

/** Answers from a version before the one that was heard of would be taken for new ones. */
function fetchOptions(): RequestInit {
  const version = knownVersion();
  return { headers: { "x-liantu-csrf": "1", ...(version === null ? {} : { "x-liantu-at-least": String(version) }) } };
}

let isUnanswered = false;

/** Asks again what is shown if a question got no answer since the last call. */
export function askUnanswered(): void {
  if (!isUnanswered) return;
  isUnanswered = false;
  startAnew();
}

/** A session that has ended meanwhile shows in the first question after it, and so does a service that is gone. */
function notice({ graphQLErrors, networkError }: CombinedError): void {
  if (networkError !== undefined) isUnanswered = true;
  if (graphQLErrors.some(({ extensions }) => "code" in extensions && extensions.code === "UNAUTHENTICATED"))
    void loadSession();
}
