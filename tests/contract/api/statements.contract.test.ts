import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, openApi, openSeededStore } from "../../support/api.ts";
import { describeEachEngine } from "../../support/engines.ts";
import { type LoggedStore, loggedStore } from "../../support/operation-log.ts";

const folder = new URL("../queries/", import.meta.url);
const stored = readdirSync(folder).filter((name) => name.endsWith(".graphql"));

const OPERATIONS: Readonly<Record<string, string>> = {
  "a firm by id": `{ node(id: "firm-sanan") { id ... on Firm { name country } } }`,
  "50 firms": `{ firms(first: 50) { nodes { id name country } } }`,
  "50 firms that something asks for, in an order": `{ firms(
    first: 50, orderBy: [{field: COUNTRY}, {field: NAME, direction: DESC}]
    where: {products: {some: {edge: {readiness: {eq: MASS_PRODUCTION}}, node: {category: {eq: EQUIPMENT}}}}}
  ) { nodes { id name } } }`,
  "50 firms and how many there are": `{ firms(first: 50) { totalCount nodes { id } } }`,
  "firms counted by country": `{ firms(first: 1) { counts(by: COUNTRY) { value count } } }`,
  "50 items × 20 suppliers": `{ products(first: 50) { nodes { id suppliers(first: 20) { edges { share readiness node { id name } } } } } }`,
  "50 items × 20 suppliers × 5 owners": `{ products(first: 50) { nodes { id suppliers(first: 20) { nodes { id ... on Firm { owners(first: 5) { nodes { id } } } } } } } }`,
  "50 items × 20 suppliers, narrowed and in an order": `{ products(first: 50) { nodes { id suppliers(
    first: 20, orderBy: [{edge: SHARE, direction: DESC}], where: {node: {country: {ne: "CN"}, owners: {none: {}}}}
  ) { edges { share node { id } } } } } }`,
  "50 items × 20 suppliers with their sources": `{ products(first: 50) { nodes { id suppliers(first: 20) { edges { id sources { id title } node { id } } } } } }`,
  "50 items, their suppliers counted": `{ products(first: 50) { nodes { id suppliers(first: 1) { totalCount counts(node: COUNTRY) { value count } } } } }`,
};

describeEachEngine("one operation takes few statements", (engine) => {
  let api: Api;
  let log: LoggedStore;
  beforeAll(async () => {
    log = loggedStore(await openSeededStore(engine));
    api = openApi(log.store);
    // The projection is loaded once a version, not once an operation.
    await api.ask(`{ gaps(target: "firm-jinhua") { verdict } }`);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const statements = async (operation: string): Promise<string[]> => {
    log.taken();
    const { errors } = await api.ask(operation);
    expect(errors).toBeUndefined();
    return log.taken().filter((name) => name !== "graphVersion");
  };

  test("one for a list and the neighbours of its entities, one a level further, however wide, narrowed and ordered it is", async () => {
    const taken = async (name: string) => (await statements(OPERATIONS[name]!)).length;
    expect(await taken("a firm by id")).toBe(1);
    expect(await taken("50 firms that something asks for, in an order")).toBe(1);
    expect(await taken("50 items × 20 suppliers")).toBe(1);
    expect(await taken("50 items × 20 suppliers, narrowed and in an order")).toBe(1);
    expect(await taken("50 items × 20 suppliers × 5 owners")).toBe(2);
  });

  test("as the table says", async () => {
    const rows: string[] = [];
    for (const [name, operation] of Object.entries(OPERATIONS)) rows.push(row(name, await statements(operation)));
    for (const name of stored)
      rows.push(row(`\`${name}\``, await statements(readFileSync(new URL(name, folder), "utf8"))));
    const table = [HEAD, "", "| operation | statements | which |", "| --- | --- | --- |", ...rows, ""].join("\n");
    await expect(table).toMatchFileSnapshot(new URL("../../../docs/statements.md", import.meta.url).pathname);
  });
});

const HEAD = `# Statements per operation

How many statements each sample operation takes on the store, the same on both engines: one for a list with the neighbours
of its entities (two where several relationships lead to one of these and nobody asks for their ids), one for each level
further, one more for its \`totalCount\`, one for each \`counts\`. Files are those of \`tests/contract/queries/\`. An analysis runs on the
projection, which is loaded once a version of the graph. Not counted: \`graphVersion\`, one value by its key, by which an
operation of several statements knows that the graph held still, and the projection, now and then, that it is the latest. A
service that has the links of the graph in memory asks nothing for \`neighborhood\` and \`paths\` but what is shown of them.`;

function row(name: string, taken: readonly string[]): string {
  const times = new Map<string, number>();
  for (const one of taken) times.set(one, (times.get(one) ?? 0) + 1);
  const which = [...times].sort().map(([one, count]) => (count === 1 ? one : `${count} × ${one}`));
  return `| ${name} | ${taken.length} | ${which.join(", ")} |`;
}
