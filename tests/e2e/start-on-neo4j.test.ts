import { expect, test } from "vitest";
import { describeEngine, neo4jEngine, testNeo4jOptions } from "../support/engines.ts";
import { askService, type StartFailure, startService, temporaryFolder } from "../support/service.ts";

const ANSWERS = `{ statistics { engine entities { kind count } } gaps(target: "firm-jinhua", first: 1) { verdict totalCount } }`;
interface Answers {
  readonly statistics: { readonly engine: string; readonly entities: unknown };
  readonly gaps: unknown;
}

describeEngine(neo4jEngine, "the service on Neo4j", () => {
  test("gives the answers of the embedded graph", async () => {
    await (await neo4jEngine.open()).close();
    const { uri, username, password } = testNeo4jOptions();
    const settings = {
      NEO4J_URI: uri,
      ...(username && { NEO4J_USERNAME: username }),
      ...(password && { NEO4J_PASSWORD: password }),
    };
    using data = temporaryFolder();
    await using neo4j = await startService(settings);
    await using embedded = await startService({ LIANTU_DATA: data.path });
    const [ours, theirs] = [await askService<Answers>(neo4j, ANSWERS), await askService<Answers>(embedded, ANSWERS)];
    expect(ours.statistics.engine).toBe("neo4j");
    expect([ours.statistics.entities, ours.gaps]).toStrictEqual([theirs.statistics.entities, theirs.gaps]);
  });

  test("a wrong password is named, and not shown", async () => {
    const { uri } = testNeo4jOptions();
    const failure = await startService({
      NEO4J_URI: uri,
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: "not-the-password",
    }).catch((error: unknown) => error);
    expect((failure as StartFailure).output).toMatch(/NEO4J_PASSWORD/);
    expect((failure as StartFailure).output).not.toContain("not-the-password");
  });
});
