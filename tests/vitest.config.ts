import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
/** As Node resolves it: a second copy of graphql beside the one that Yoga loads would refuse our schema. */
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

/**
 * Tests of the built service that use the Neo4j of the contracts, and so take their turn among them; and one that makes both
 * halves of `npm test` about as long.
 */
const AMONG_CONTRACTS = ["commands", "operations", "start", "stored-markup"].map((name) => `tests/e2e/${name}.test.ts`);

/** Three projects: pure code, contracts on both engines, and the built service in a browser. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          setupFiles: ["tests/support/random-seed.ts"],
          testTimeout: 60_000,
        },
      },
      {
        root,
        resolve,
        test: {
          name: "contract",
          // One group after the other where all run at once: two cores are not for three.
          sequence: { groupOrder: 1 },
          include: ["tests/contract/**/*.test.ts", ...AMONG_CONTRACTS],
          globalSetup: ["tests/neo4j/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        root,
        resolve,
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          include: ["tests/e2e/**/*.test.ts"],
          exclude: AMONG_CONTRACTS,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
