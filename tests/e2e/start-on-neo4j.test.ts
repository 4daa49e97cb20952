import { expect, test } from "vitest";
import { describeEngine, neo4jEngine, testNeo4jSettings } from "../support/engines.ts";
import { askService, type StartFailure, startService, temporaryFolder } from "../support/service.ts";

const ANSWERS = `{ statistics { engine entities { kind count } } gaps(target: "firm-jinhua", first: 1) { verdict totalCount } }`;
interface Answers {
  readonly statistics: { readonly engine: string; readonly entities: unknown };
  readonly gaps: unknown;
}

describeEngine(neo4jEngine, "the service on Neo4j", () => {
  test("gives the answers of the embedded graph", async () => {
    await (await neo4jEngine.open()).close();
    using data = temporaryFolder();
    await using neo4j = await startService(testNeo4jSettings());
    await using embedded = await startService({ LIANTU_DATA: data.path });
    const [ours, theirs] = [await askService<Answers>(neo4j, ANSWERS), await askService<Answers>(embedded, ANSWERS)];
    expect(ours.statistics.engine).toBe("neo4j");
    expect([ours.statistics.entities, ours.gaps]).toStrictEqual([theirs.statistics.entities, theirs.gaps]);
  });

  test("a wrong password is named, and not shown", async () => {
    const failure = await startService({
      ...testNeo4jSettings(),
      NEO4J_USERNAME: "neo4j",
      NEO4J_PASSWORD: "not-the-password",
    }).catch((error: unknown) => error);
    expect((failure as StartFailure).output).toMatch(/NEO4J_PASSWORD/);
    expect((failure as StartFailure).output).not.toContain("not-the-password");
  });
});
