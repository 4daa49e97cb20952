import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Property } from "../../../client/api/edit.ts";
import { differing, draftOf, merged, newId, propertiesOf } from "../../../client/panels/edit/draft.ts";
import { propertiesOfKind } from "../../../graph/ontology.ts";

/** The properties of a firm, as the form reads them. */
const PROPERTIES = Object.entries(propertiesOfKind("Firm")).map(
  ([property, { type }]) => ({ property, type }) as unknown as Property,
);

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((one) => `x${one.trim()}`);
const anyValue = (type: string): fc.Arbitrary<unknown> => {
  if (type === "double") return fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
  if (type === "integer") return fc.integer();
  if (type === "boolean") return fc.boolean();
  if (type.endsWith("[]"))
    return fc.array(
      text.map((one) => one.replaceAll(/\s/g, "")),
      { minLength: 1, maxLength: 3 },
    );
  return text;
};
const stored = fc.record(Object.fromEntries(PROPERTIES.map(({ property, type }) => [property, anyValue(type)])), {
  requiredKeys: [],
  noNullPrototype: true,
});
const draft = fc.record({ name: text, region: text, note: text }, { requiredKeys: [], noNullPrototype: true });

describe("a form", () => {
  test("says of a record it was not touched for what is stored of it", () => {
    fc.assert(
      fc.property(stored, (record) => {
        expect(propertiesOf(PROPERTIES, draftOf(PROPERTIES, record))).toStrictEqual(record);
      }),
    );
  });

  test("leaves for the service to name what is no number, and says nothing of an empty field", () => {
    const fields = [
      { property: "share", type: "double" },
      { property: "founded", type: "integer" },
      { property: "elementary", type: "boolean" },
      { property: "aliases", type: "string[]" },
    ] as unknown as Property[];
    const said = propertiesOf(fields, { share: "a third", founded: " ", elementary: "true", aliases: "甲\n \n乙 " });
    expect(said).toStrictEqual({ share: "a third", elementary: true, aliases: ["甲", "乙"] });
  });

  test("merged with what others have stored keeps what was changed here alone, and theirs else", () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, theirs, mine) => {
        const both = merged(base, theirs, mine);
        const here = differing(base, mine);
        expect(differing(both, mine).filter((name) => here.includes(name))).toStrictEqual([]);
        expect(differing(both, theirs).filter((name) => !here.includes(name))).toStrictEqual([]);
      }),
    );
  });

  test.each([
    ["Firm", { nameEn: "Advanced Micro-Fab (AMEC)" }, "firm-advanced-micro-fab-amec"],
    ["TalentTeam", { name: "团队", nameEn: "Team é" }, "talent-team-m1"],
    ["Source", { name: "文件", titleEn: "Reply 1190" }, "source-reply-1190"],
    ["Firm", { nameEn: `${"a".repeat(60)} b` }, `firm-${"a".repeat(60)}`],
  ])("names a new %s of %j %s", (kind, fields, id) => {
    expect(newId(kind, fields, "m1")).toBe(id);
  });
});
