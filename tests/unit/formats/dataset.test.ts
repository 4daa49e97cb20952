import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { readDataset } from "../../../graph/formats/dataset.ts";
import { readDatasets } from "../../../graph/formats/datasets.ts";
import { lineInBoth } from "../../support/both-languages.ts";

const DATASET = {
  name: "demo",
  title: { zh: "示例", en: "Demo" },
  licence: "CC0-1.0",
  description: { zh: "示例", en: "A demo" },
};
const NODES = "id:ID,name,assertion,:LABEL\nfirm-a,甲,ASSUMED,Firm\nfirm-b,乙,ASSUMED,Firm\n";

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true });
});

/** A folder `demo` with these files beside a right dataset.json and a file of two firms. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "liantu-dataset-"));
  roots.push(root);
  const all = { "dataset.json": JSON.stringify(DATASET), "nodes/firm.csv": NODES, ...files };
  for (const [name, content] of Object.entries(all)) {
    await mkdir(dirname(join(root, "demo", name)), { recursive: true });
    await writeFile(join(root, "demo", name), content);
  }
  return join(root, "demo");
}

async function linesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await readDatasets([await folderOf(files)])).faults.map(lineInBoth);
}

describe("readDataset", () => {
  test("reads nodes and relationships with their types, defaults and places", async () => {
    const folder = await folderOf({
      "nodes/firm.csv":
        'id:ID(Firm),name,aliases:string[],country,dataset,assertion,:LABEL\nfirm-a,"甲\n股份",甲;A股,CN,,ASSUMED,Entity;Firm\n',
      "nodes/product.csv":
        "id:ID,name,category,elementary:boolean,developCost:float,note:IGNORE,assertion,:LABEL\nitem,物,PART,TRUE,2.50,x,ASSUMED,Product\n",
      "relationships/supplies.csv":
        ":START_ID(Firm),:END_ID,:TYPE,id,share:double,validFrom:date,dataset,assertion\nfirm-a,item,SUPPLIES,,0.25,2024-05,,ASSUMED\nfirm-a,item,SUPPLIES,deal-2,,,other,ASSUMED\n",
    });
    expect(await readDataset(folder)).toStrictEqual({
      dataset: DATASET,
      faults: [],
      unread: new Set(),
      batch: {
        entities: [
          {
            id: "firm-a",
            kind: "Firm",
            properties: {
              dataset: "demo",
              name: "甲\n股份",
              aliases: ["甲", "A股"],
              country: "CN",
              assertion: "ASSUMED",
            },
            place: { file: "demo/nodes/firm.csv", row: 2 },
          },
          {
            id: "item",
            kind: "Product",
            properties: {
              dataset: "demo",
              name: "物",
              category: "PART",
              elementary: true,
              developCost: 2.5,
              assertion: "ASSUMED",
            },
            place: { file: "demo/nodes/product.csv", row: 2 },
          },
        ],
        relationships: [
          {
            id: "firm-a:SUPPLIES:item",
            type: "SUPPLIES",
            from: "firm-a",
            to: "item",
            properties: { dataset: "demo", share: 0.25, validFrom: "2024-05", assertion: "ASSUMED" },
            place: { file: "demo/relationships/supplies.csv", row: 2 },
          },
          {
            id: "deal-2",
            type: "SUPPLIES",
            from: "firm-a",
            to: "item",
            properties: { dataset: "other", assertion: "ASSUMED" },
            place: { file: "demo/relationships/supplies.csv", row: 3 },
          },
        ],
      },
    });
  });

  test("names what a header has wrong, and the remedy", async () => {
    const lines = await linesOf({
      "nodes/firm.csv": "id:ID,name,nam,Aliases:string[],order:string,name,a:b:c,key:ID,assertion,:LABEL\n",
      "nodes/no-label.csv": "id:ID,name\nx,y\n",
      "nodes/nothing.csv": "",
      "relationships/links.csv": ":START_ID,:END_ID,:TYPE,share,stake:int,zzzzzz\n",
    });
    expect(lines).toStrictEqual([
      'demo/nodes/firm.csv:1 nam: no kind of node has the property "nam" — did you mean "name"?',
      'demo/nodes/firm.csv:1 Aliases:string[]: no kind of node has the property "Aliases" — did you mean "aliases"?',
      'demo/nodes/firm.csv:1 order:string: the column "order" is of type string here — write order:int',
      'demo/nodes/firm.csv:1 name: the header names "name" twice — remove one of the columns',
      'demo/nodes/firm.csv:1 a:b:c: "a:b:c" is not a column of a header — write name:type, as in share:double',
      'demo/nodes/firm.csv:1 key:ID: "key:ID" names the role ID oddly — write id:ID',
      'demo/nodes/firm.csv:1 key:ID: the header names ":ID" twice — remove one of the columns',
      "demo/nodes/no-label.csv:1 :LABEL: the header has no column :LABEL — nodes need id:ID and :LABEL",
      "demo/nodes/nothing.csv:1: the file has no header — add one or remove it",
      'demo/relationships/links.csv:1 share: the column "share" is of type string here — write share:double',
      'demo/relationships/links.csv:1 stake:int: the column "stake" is of type int here — write stake:double',
      'demo/relationships/links.csv:1 zzzzzz: no type of relationship has the property "zzzzzz" — remove the column, or write :IGNORE behind its name',
    ]);
  });

  test("names rows that are no records, and does not blame what points to them", async () => {
    const lines = await linesOf({
      "nodes/more.csv": "id:ID,name,assertion,:LABEL\nx,甲,ASSUMED\ny,乙,ASSUMED,Firma\nz,丙,ASSUMED,Firm;Product\n",
      "relationships/owns.csv":
        ":START_ID,:END_ID,:TYPE,assertion\nfirm-a,x,OWNS,ASSUMED\nfirm-a,y,OWNS,ASSUMED\nfirm-a,z,OWN,ASSUMED\n",
    });
    expect(lines).toStrictEqual([
      "demo/nodes/more.csv:2: the row has 3 cells, the header 4 — put a cell that holds a comma in quotes, or add the missing commas",
      'demo/nodes/more.csv:3 :LABEL: there is no kind "Firma" — did you mean "Firm"?',
      "demo/nodes/more.csv:4 :LABEL: a node has exactly one kind, not 2 — the kinds are Cluster, Pillar, Chain, Stage, Product, Firm, Jurisdiction, Institute, TalentTeam, Project, Policy, Fund, Bank, IpService, Event, Indicator, Source",
      'demo/relationships/owns.csv:4 :TYPE: there is no type of relationship "OWN" — did you mean "OWNS"?',
    ]);
  });

  test("leaves text that is of another type to the checks, which name it once", async () => {
    const lines = await linesOf({
      "nodes/figure.csv":
        "id:ID,name,value:double,unit,qualifier,assertion,:LABEL\nf,数,十二,个,EXACT,ASSUMED,Indicator\n",
      "nodes/item.csv":
        "id:ID,name,category,elementary:boolean,aliases:string[],assertion,:LABEL\ni,物,PART,yes,a;;b,ASSUMED,Product\n",
    });
    expect(lines).toStrictEqual([
      'demo/nodes/figure.csv:2 value: "十二" is not a number such as 0.25 — correct it, or leave it out',
      'demo/nodes/item.csv:2 elementary: "yes" is not true or false — correct it, or leave it out',
      "demo/nodes/item.csv:2 aliases: there is only space here — leave it empty where it is unknown",
    ]);
  });

  test("names a NUL byte and a lost character with their column", async () => {
    const lines = await linesOf({
      "nodes/firm.csv": "id:ID,name,region,assertion,:LABEL\nfirm-a,甲\0乙,泉\uFFFD,ASSUMED,Firm\n",
    });
    expect(lines).toStrictEqual([
      'demo/nodes/firm.csv:2 name: "甲\\u0000乙" holds a NUL character — remove it',
      'demo/nodes/firm.csv:2 region: "泉\uFFFD" holds the sign of a lost character — save the original as UTF-8 again',
    ]);
  });

  test("says what is wrong with dataset.json and with files that are no CSV", async () => {
    const { title, ...untitled } = DATASET;
    expect(title).toBeDefined();
    expect(await linesOf({ "dataset.json": JSON.stringify({ ...untitled, name: "other", more: 1 }) })).toStrictEqual([
      "demo/dataset.json:1 title: Invalid input: expected object, received undefined",
      'demo/dataset.json:1: Unrecognized key: "more"',
    ]);
    expect(await linesOf({ "dataset.json": JSON.stringify({ ...DATASET, name: "other" }) })).toStrictEqual([
      "demo/dataset.json:1 name: the folder is called demo — give both the same name",
    ]);
    expect(await linesOf({ "nodes/firms.xlsx": "", "nodes/README.md": "", "nodes/.keep": "" })).toStrictEqual([
      "demo/nodes/firms.xlsx:1: only plain files whose names end in .csv or .csv.gz are read here — rename or remove it",
    ]);
    expect((await linesOf({ "dataset.json": "{" }))[0]).toMatch(/^demo\/dataset\.json:1: it is not JSON — /);
  });

  test("says so where there is no such folder", async () => {
    const reading = await readDataset(join(tmpdir(), "liantu-no-such-folder"));
    expect(reading.faults.map(lineInBoth)).toStrictEqual([
      "liantu-no-such-folder/dataset.json:1: there is no such file — a data set is a folder with dataset.json, nodes/*.csv and relationships/*.csv",
      "liantu-no-such-folder/nodes:1: there is no .csv file in this folder — put at least one there",
    ]);
  });

  test("finds one id in two folders", async () => {
    const folders = [await folderOf({}), await folderOf({ "nodes/firm.csv": NODES.replace("firm-b", "Firm-A") })];
    expect((await readDatasets(folders)).faults.map(lineInBoth)).toStrictEqual([
      'demo/nodes/firm.csv:2 id: the id "firm-a" stands at demo/nodes/firm.csv:2 already — remove one of the rows, or give it another id',
      'demo/nodes/firm.csv:3 id: the id "Firm-A" differs from "firm-a" at demo/nodes/firm.csv:2 in case only — rename one',
    ]);
  });
});
