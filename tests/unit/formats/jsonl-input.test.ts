import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openJsonlInput } from "../../../graph/formats/jsonl-input.ts";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../../../graph/ontology.ts";
import type { EntityRecord, RelationshipRecord } from "../../../graph/records.ts";
import { writeFiles } from "../../support/files.ts";
import { type InputReading, readInput } from "../../support/read-input.ts";

const DESCRIBED = {
  name: "demo",
  title: { zh: "示例", en: "Demo" },
  licence: "CC0-1.0",
  description: { zh: "示例", en: "A demo" },
};

async function read(content: string | Uint8Array, name = "a.jsonl"): Promise<InputReading> {
  await using files = await writeFiles({ [name]: content });
  return await readInput(await openJsonlInput([files.path(name)], { dataset: "demo" }));
}

describe("openJsonlInput", () => {
  test("reads nodes and relationships in any order, with defaults, places and the description", async () => {
    const lines = [
      { dataset: DESCRIBED },
      { type: "SUPPLIES", from: "firm-a", to: "item", properties: { share: 0.4, cost: null } },
      { kind: "Firm", id: "firm-a", properties: { name: "甲", aliases: ["a", "b"], dataset: "other" } },
      { type: "OWNS", id: "deal", from: "firm-a", to: "firm-b" },
      { kind: "Product", id: "item", properties: { elementary: true } },
    ];
    const content = `\uFEFF${lines.map((line) => JSON.stringify(line)).join("\r\n\r\n")}`;
    await using files = await writeFiles({ "a.jsonl.gz": gzipSync(content) });
    const input = await openJsonlInput([files.path("a.jsonl.gz")]);
    expect(input.dataset).toStrictEqual(DESCRIBED);
    expect(input.size).toBe(gzipSync(content).byteLength);
    expect(await readInput(input)).toStrictEqual({
      entities: [
        {
          id: "firm-a",
          kind: "Firm",
          properties: { dataset: "other", name: "甲", aliases: ["a", "b"] },
          place: { file: "a.jsonl.gz", row: 5 },
        },
        {
          id: "item",
          kind: "Product",
          properties: { dataset: "demo", elementary: true },
          place: { file: "a.jsonl.gz", row: 9 },
        },
      ],
      relationships: [
        {
          id: "firm-a:SUPPLIES:item",
          type: "SUPPLIES",
          from: "firm-a",
          to: "item",
          properties: { dataset: "demo", share: 0.4 },
          place: { file: "a.jsonl.gz", row: 3 },
        },
        {
          id: "deal",
          type: "OWNS",
          from: "firm-a",
          to: "firm-b",
          properties: { dataset: "demo" },
          place: { file: "a.jsonl.gz", row: 7 },
        },
      ],
      faults: [],
      unread: [],
    });
  });

  test("names every line that is no record, each once, by its number", async () => {
    const lines = [
      '{"kind":"Firm","id":"x"',
      '["kind"]',
      '{"kind":"firm","id":7,"name":"甲"}',
      '{"type":"SUPPLIE","from":"a","properties":[]}',
      '{"kind":"Firm","id":"y","properties":{"aliases":[1],"name":{"zh":"甲"}}}',
      '{"dataset":{}}',
    ];
    const { faults, unread } = await read(lines.join("\n"));
    expect(faults).toStrictEqual([
      expect.stringMatching(/^a\.jsonl:1: it is not JSON \(.*\) — write one whole object on each line$/),
      'a.jsonl:2: it is no record — write {"kind":…,"id":…,"properties":{…}} for a node, {"type":…,"from":…,"to":…,"properties":{…}} for a relationship',
      'a.jsonl:3 name: a line has no key "name" — it may have kind, id, properties; what describes the record stands in properties',
      'a.jsonl:3 id: 7 is no text — write "id":"…"',
      'a.jsonl:3 kind: there is no kind "firm" — did you mean "Firm"?',
      "a.jsonl:5 aliases: [1] cannot be a property — write a text, a number, true, false or a list of texts; leave out what is unknown",
      'a.jsonl:5 name: {"zh":"甲"} cannot be a property — write a text, a number, true, false or a list of texts; leave out what is unknown',
      "a.jsonl:6: the description of the data set stands here — move it to the first line of the first file",
      'a.jsonl:4 type: there is no type "SUPPLIE" — did you mean "SUPPLIES"?',
      'a.jsonl:4 to: there is no "to" — write "to":"…"',
      'a.jsonl:4 properties: [] is no object — write "properties":{"name":"…"}',
    ]);
    expect(unread).toStrictEqual(["", "", "", "y", "y"]);
  });

  test("passes over a line of 100 MB without holding it, and goes on", async () => {
    const huge = Buffer.alloc(100_000_000, "a");
    const { entities, faults } = await read(Buffer.concat([huge, Buffer.from('\n{"kind":"Firm","id":"x"}\n')]));
    expect(faults).toStrictEqual(["a.jsonl:1: the line is longer than 4000000 characters — write one record a line"]);
    expect(entities.map(({ id, place }) => [id, place?.row])).toStrictEqual([["x", 2]]);
  });

  test("keeps a property called __proto__ for the checks to name", async () => {
    const { entities } = await read('{"kind":"Firm","id":"x","properties":{"__proto__":["a"]}}');
    expect(entities.map(({ properties }) => Object.keys(properties))).toStrictEqual([["dataset", "__proto__"]]);
  });

  test("refuses a packed file that is cut off, and a data set without a name", async () => {
    const packed = gzipSync('{"kind":"Firm","id":"x"}');
    expect((await read(packed.subarray(0, 20), "a.jsonl.gz")).faults).toStrictEqual([
      "a.jsonl.gz:1: it is no whole gzip file (unexpected end of file) — pack it again, or unpack it and take .gz off its name",
    ]);
    await using files = await writeFiles({ "a.jsonl": "" });
    await expect(openJsonlInput([files.path("a.jsonl")])).rejects.toThrow("Nothing says which data set this is");
  });

  test("gives back any records that were written as lines", async () => {
    const text = fc.string({ unit: "grapheme" });
    const value = fc.oneof(text, fc.double({ noDefaultInfinity: true, noNaN: true }), fc.boolean(), fc.array(text));
    const properties = fc
      .dictionary(fc.stringMatching(/^[a-z]{1,5}$/), value)
      .map((own) => ({ dataset: "demo", ...own }));
    const entity = fc.record({ kind: fc.constantFrom(...KIND_NAMES), id: text, properties });
    const relationship = fc.record({
      id: text,
      type: fc.constantFrom(...RELATIONSHIP_TYPES),
      from: text,
      to: text,
      properties,
    });
    const withoutPlace = ({ place: _, ...record }: EntityRecord | RelationshipRecord) => record;
    await fc.assert(
      fc.asyncProperty(fc.array(entity), fc.array(relationship), async (entities, relationships) => {
        const lines = [...entities, ...relationships].map((record) => `${JSON.stringify(record)}\n`);
        const reading = await read(lines.join(""));
        expect(reading.faults).toStrictEqual([]);
        // JSON knows no negative zero.
        const expected = JSON.parse(JSON.stringify([entities, relationships]));
        expect([reading.entities.map(withoutPlace), reading.relationships.map(withoutPlace)]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
