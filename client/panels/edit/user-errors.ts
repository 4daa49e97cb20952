import type { UserError } from "../../api/edit.ts";

/** The errors of one record of a mutation: those of its fields by name, and those of the whole. */
export interface RecordErrors {
  readonly fields: ReadonlyMap<string, readonly UserError[]>;
  readonly rest: readonly UserError[];
}

export const NO_ERRORS: RecordErrors = { fields: new Map(), rest: [] };

/** What is wrong with the record at `index` (`entities[1].properties.country` is the field `country` of 1). */
export function errorsAt(errors: readonly UserError[], index: number): RecordErrors {
  const fields = new Map<string, UserError[]>();
  const rest: UserError[] = [];
  for (const error of errors) {
    const [, at, name] = /^\w+\[(\d+)\](?:\.properties)?(?:\.(\w+))?$/.exec(error.path ?? "") ?? [];
    if (at === undefined) {
      if (index === 0) rest.push(error);
    } else if (Number(at) !== index) continue;
    else if (name === undefined || name === "ifVersion") rest.push(error);
    else fields.set(name, [...(fields.get(name) ?? []), error]);
  }
  return { fields, rest };
}

/** Whether somebody else has changed, made or removed a record since it was read. */
export function isConflict({ code }: UserError): boolean {
  return code === "VERSION_MISMATCH";
}
