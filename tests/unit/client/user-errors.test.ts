import { expect, test } from "vitest";
import type { UserError } from "../../../client/api/edit.ts";
import { errorsAt, isConflict } from "../../../client/panels/edit/user-errors.ts";

function error(path: string | null, code = "BAD_VALUE"): UserError {
  return { code, message: `at ${path}`, messageZh: `在 ${path}`, path, currentVersion: null } as unknown as UserError;
}

test("errors of a record stand beside its fields, those of the whole with the first", () => {
  const country = error("entities[0].properties.country");
  const name = error("entities[1].properties.name");
  const id = error("entities[1].id");
  const version = error("entities[1].ifVersion", "VERSION_MISMATCH");
  const whole = error("entities[1]");
  const input = error("dataset");
  const unplaced = error(null);
  const all = [country, name, id, version, whole, input, unplaced];
  expect(errorsAt(all, 0)).toStrictEqual({ fields: new Map([["country", [country]]]), rest: [input, unplaced] });
  expect(errorsAt(all, 1)).toStrictEqual({
    fields: new Map([
      ["name", [name]],
      ["id", [id]],
    ]),
    rest: [version, whole],
  });
  expect(all.filter(isConflict)).toStrictEqual([version]);
});
