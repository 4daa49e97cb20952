import { expect, test } from "vitest";
import { type ObservedStatement, observedStore } from "../../../graph/store/observed-store.ts";
import { openApi } from "../../support/api.ts";
import { describeEngine, embedded } from "../../support/engines.ts";

const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code } } }`;

describeEngine(embedded, "What is observed of a write", ({ open }) => {
  test("says for which request each of its statements was run, as of a read", async () => {
    const told: ObservedStatement[] = [];
    await using api = openApi(observedStore(await open(), (statement) => told.push(statement)));
    for (const id of ["firm-a", "firm-b"]) {
      const entities = [{ id, kind: "Firm", properties: { name: id, assertion: "ASSUMED" } }];
      expect((await api.ask(UPSERT, { input: { dataset: "own", entities } })).errors).toBeUndefined();
    }
    const written = told.filter(({ name }) => name === "createEntitiesFirm");
    expect(written).toHaveLength(2);
    const [first, second] = written.map(({ signal }) => signal);
    expect(first).toBeInstanceOf(AbortSignal);
    expect(second).toBeInstanceOf(AbortSignal);
    expect(first).not.toBe(second);
  });
});
