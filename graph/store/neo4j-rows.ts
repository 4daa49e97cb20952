import type { Record as DriverRecord, Result } from "neo4j-driver";

/**
 * The rows of a result, taken as they come. Awaited, a result would keep all its records, its session keeps the result, and
 * older objects of the driver keep the session until the next full collection of garbage: every answer would be copied
 * twice and moved to the old generation before it is freed. For the same reason nothing of the rows is left where the
 * result's observer can reach it.
 */
export function streamedRows(result: Result): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    let asker: Asker | null = { rows: [], resolve, reject };
    const leave = (): Asker => {
      const left = asker!;
      asker = null;
      return left;
    };
    result.subscribe({
      onNext: (record) => void asker?.rows.push(rowOf(record)),
      onCompleted: () => {
        const { rows, resolve } = leave();
        resolve(rows);
      },
      onError: (error) => leave().reject(error),
    });
  });
}

/** As the record's `toObject`, which takes 3 kB of short-lived objects a row. */
function rowOf(record: DriverRecord): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const key of record.keys) row[key as string] = record.get(key);
  return row;
}

interface Asker {
  readonly rows: Record<string, unknown>[];
  readonly resolve: (rows: Record<string, unknown>[]) => void;
  readonly reject: (error: Error) => void;
}
