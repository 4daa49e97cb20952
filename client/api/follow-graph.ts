import { hearing, knownVersion, noteVersion, restartAt } from "../state/live.ts";
import { mustSignIn } from "../state/session.ts";
import { askUnanswered, client, overtakenBy, startAnew } from "./client.ts";
import { listen } from "./event-source.ts";
import { graphql } from "./graphql.ts";

const versionQuery = graphql(`
  query Version {
    statistics {
      version
    }
  }
`);

const CHANGED = "subscription Changed($since: Int) { graphChanged(since: $since) { version } }";

/** Changes that come close together are one to the reader. */
const GATHER_MS = 250;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A stream that was refused is open for a moment before it says so. */
const SETTLED_MS = 500;

/** Asks which version the graph is in, before anything of it is asked; nothing where nobody may ask yet. */
export async function loadVersion(): Promise<void> {
  if (mustSignIn.value) return;
  const version = await askVersion();
  if (version !== null) noteVersion(version);
}

/** Tries at once, instead of after the wait, where the service was gone. */
export function reconnect(): void {
  tryNow();
}

let tryNow = (): void => {};

/**
 * Hears of every change of the graph while the page is looked at, and lets what is shown be asked for anew. Where the
 * service is gone or refuses, it comes again, later each time, and goes on from the version that it knows.
 */
export function followGraph(): void {
  let stop: (() => void) | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;

  const later = (): void => {
    hearing.value = "lost";
    clearTimeout(retry);
    retry = setTimeout(() => void begin(), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const begin = async (): Promise<void> => {
    if (document.hidden || stop !== null || mustSignIn.value) return;
    clearTimeout(retry);
    if (knownVersion() === null) await loadVersion();
    const since = knownVersion();
    if (since === null || stop !== null) return later();
    const gather = gathered(overtakenBy);
    let settled: ReturnType<typeof setTimeout> | undefined;
    const end = listen<{ readonly graphChanged: { readonly version: number } }>(
      CHANGED,
      { since },
      {
        onOpen: () => {
          settled = setTimeout(() => {
            hearing.value = "live";
            wait = FIRST_WAIT_MS;
            askUnanswered();
          }, SETTLED_MS);
        },
        onData: ({ graphChanged: { version } }) => gather(version),
        onEnd: (code) => {
          clearTimeout(settled);
          stop = null;
          void catchUp(code).then(later);
        },
      },
    );
    stop = () => {
      clearTimeout(settled);
      end();
      stop = null;
    };
  };

  document.addEventListener("visibilitychange", () => {
    // A page that nobody looks at must not hold one of the few streams that a browser and the service allow.
    if (document.hidden) stop?.();
    else void begin();
  });
  addEventListener("online", () => void begin());
  tryNow = () => void begin();
  void begin();
}

/** What can be known of changes without a stream. A log that does not reach back this far means: read everything anew. */
async function catchUp(code: string | null): Promise<void> {
  if (code === null || code === "SHUTTING_DOWN") return;
  const version = await askVersion();
  if (version === null) return;
  if (code !== "BAD_USER_INPUT") return overtakenBy(version);
  restartAt(version);
  startAnew();
}

async function askVersion(): Promise<number | null> {
  // Of whatever version the graph is: the one known may have gone with another graph.
  const fetchOptions = { headers: { "x-liantu-csrf": "1" } };
  const { data } = await client.query(versionQuery, {}, { requestPolicy: "network-only", fetchOptions });
  return data?.statistics.version ?? null;
}

/** Calls with the last of the values that come within a moment. */
function gathered(take: (version: number) => void): (version: number) => void {
  let isWaiting = false;
  let last = 0;
  return (version) => {
    last = Math.max(last, version);
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      take(last);
    }, GATHER_MS);
  };
}
