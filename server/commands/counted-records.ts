import type { ExportedRecords } from "../../graph/export/export-records.ts";

/** Records that are counted as they are read. */
export interface CountedRecords {
  readonly records: ExportedRecords;
  readonly nodes: number;
  readonly relationships: number;
}

/** The same records, counted; `tell` hears how many, every thousand. */
export function counted(records: ExportedRecords, tell: (done: number) => void): CountedRecords {
  const counts = { nodes: 0, relationships: 0 };
  async function* through<Item>(items: AsyncIterable<Item>, what: keyof typeof counts): AsyncGenerator<Item> {
    counts[what] = 0;
    for await (const item of items) {
      counts[what] += 1;
      if (counts[what] % 1_000 === 0) tell(counts.nodes + counts.relationships);
      yield item;
    }
  }
  return {
    records: {
      ...records,
      entities: () => through(records.entities(), "nodes"),
      relationships: () => through(records.relationships(), "relationships"),
    },
    get nodes() {
      return counts.nodes;
    },
    get relationships() {
      return counts.relationships;
    },
  };
}
