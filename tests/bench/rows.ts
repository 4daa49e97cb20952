import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** How many rows to make. */
export interface Sizes {
  readonly nodes: number;
  readonly relationships: number;
}

/** The data set that generated rows belong to: one name, so that they can be withdrawn as a whole. */
export const DATASET = "bench";

const PRODUCTS_OF_TEN = 4;

/** Properties of the node with this number, provenance included; the same at every run. */
export function nodeAt(index: number): {
  readonly kind: "Product" | "Firm";
  readonly properties: Record<string, unknown>;
} {
  const facts = {
    sources: ["bench-source"],
    locator: `${index}.1`,
    statement: `第${index}行陈述。`,
    assertion: "STATED",
  };
  return index % 10 < PRODUCTS_OF_TEN
    ? {
        kind: "Product",
        properties: {
          id: `bench-${index}`,
          name: `产品${index}`,
          nameEn: `Item ${index}`,
          category: "MATERIAL",
          ...facts,
        },
      }
    : {
        kind: "Firm",
        properties: { id: `bench-${index}`, name: `企业${index}`, nameEn: `Firm ${index}`, country: "CN", ...facts },
      };
}

/** The relationship with this number: an offer of a firm for an item, no two alike. */
export function relationshipAt(index: number, nodes: number) {
  const groups = Math.floor(nodes / 10);
  const group = index % groups;
  const round = Math.floor(index / groups);
  // Six firms and four items a group of ten; each round joins another pair, beyond 24 with the items of a group further on.
  const firm = group * 10 + PRODUCTS_OF_TEN + (round % 6);
  const other = (group + Math.floor(round / 24)) % groups;
  const item = other * 10 + (Math.floor(round / 6) % PRODUCTS_OF_TEN);
  return {
    from: `bench-${firm}`,
    to: `bench-${item}`,
    properties: {
      share: ((index % 97) + 1) / 1_000,
      readiness: "MASS_PRODUCTION",
      sources: ["bench-source"],
      locator: `${index}.2`,
      statement: `第${index}条供应关系。`,
      assertion: "STATED",
    },
  };
}

/** Writes so many rows as a data set that `liantu import` takes, as a stream: any size, little memory. */
export async function writeRows(folder: string, { nodes, relationships }: Sizes): Promise<void> {
  await mkdir(join(folder, "nodes"), { recursive: true });
  await mkdir(join(folder, "relationships"), { recursive: true });
  const text = { zh: "生成的数据", en: "Generated rows" };
  await writeFile(
    join(folder, "dataset.json"),
    JSON.stringify({ name: DATASET, title: text, licence: "CC0-1.0", description: text }),
  );
  await writeFile(
    join(folder, "nodes", "source.csv"),
    "id:ID,name,title,publisher,assertion,:LABEL\nbench-source,生成,Generated,Liantu,ASSUMED,Source\n",
  );
  await write(join(folder, "nodes", "rows.csv"), nodeLines(nodes));
  await write(join(folder, "relationships", "rows.csv"), relationshipLines(relationships, nodes));
}

async function write(path: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(lines), createWriteStream(path));
}

function* nodeLines(count: number): Generator<string> {
  let text = "id:ID,name,nameEn,category,country,sources:string[],locator,statement,assertion,:LABEL\n";
  for (let index = 0; index < count; index += 1) {
    const { kind, properties } = nodeAt(index);
    const { id, name, nameEn, category = "", country = "", locator, statement } = properties;
    text += `${id},${name},${nameEn},${category},${country},bench-source,${locator},${statement},STATED,${kind}\n`;
    if (index % 1_000 < 999) continue;
    yield text;
    text = "";
  }
  yield text;
}

function* relationshipLines(count: number, nodes: number): Generator<string> {
  let text = ":START_ID,:END_ID,:TYPE,share:double,readiness,sources:string[],locator,statement,assertion\n";
  for (let index = 0; index < count; index += 1) {
    const { from, to, properties } = relationshipAt(index, nodes);
    const { share, readiness, locator, statement } = properties;
    text += `${from},${to},SUPPLIES,${share},${readiness},bench-source,${locator},${statement},STATED\n`;
    if (index % 1_000 < 999) continue;
    yield text;
    text = "";
  }
  yield text;
}
