import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

type ProjectConfig = NonNullable<TestProjectInlineConfiguration["test"]>;

const root = new URL("..", import.meta.url).pathname;
/** As Node resolves it: a second copy of graphql beside the one that Yoga loads would refuse our schema. */
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

const ofService = (...names: string[]): string[] => names.map((name) => `tests/e2e/${name}.test.ts`);
/** Tests of the built service that use the Neo4j of the contracts, and so take their turn among them. */
const AMONG_CONTRACTS = ofService("killed-import", "operations", "start-on-neo4j");
const IN_BROWSER = ofService("journeys", "page", "sign-in", "stored-markup");

/** The files of a project share a process, one after the other: to load it all anew for each took a fifth of the time. */
const project = (test: ProjectConfig) => ({ root, resolve, test: { isolate: false, ...test } });

/**
 * A project whose tests wait for engines, services and browsers.
 *
 * A machine that stands still for seconds makes a service refuse in time, as it should; so each may try once more, and
 * `npm test` names at its end those that did.
 *
 * @param groupOrder one group after the other where all run at once: two cores are not for three
 */
const waiting = (groupOrder: number, test: ProjectConfig) =>
  project({
    ...test,
    sequence: { groupOrder },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    retry: 1,
  });

/** Four projects: pure code, contracts on both engines, the built service over HTTP, and its page in a browser. */
export default defineConfig({
  root,
  test: {
    // A reason is told whole: of a list that should be empty, what is in it.
    chaiConfig: { truncateThreshold: 0 },
    projects: [
      project({
        name: "unit",
        include: ["tests/unit/**/*.test.ts"],
        setupFiles: ["tests/support/random-seed.ts"],
        testTimeout: 60_000,
      }),
      waiting(1, {
        name: "contract",
        include: ["tests/contract/**/*.test.ts", ...AMONG_CONTRACTS],
        globalSetup: ["tests/neo4j/global-setup.ts"],
      }),
      waiting(2, {
        name: "e2e",
        include: ["tests/e2e/**/*.test.ts"],
        exclude: [...AMONG_CONTRACTS, ...IN_BROWSER],
      }),
      waiting(3, { name: "page", include: IN_BROWSER }),
    ],
  },
});
