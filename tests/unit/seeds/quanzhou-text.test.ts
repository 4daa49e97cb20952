import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { EntityRecord, RelationshipRecord } from "../../../graph/records.ts";
import { namesOf, readQuanzhou, textOf } from "../../support/quanzhou-seed.ts";
import { longestSharedRun, sentencesOf, withoutBlanks } from "../../support/reply-text.ts";

const path = process.env["LIANTU_REPLY_1190"];
if (path === undefined)
  process.stderr.write(
    "Skipped: the Quanzhou seed is not held against its text. Set LIANTU_REPLY_1190 to the file of reply no. 1190.\n",
  );

let nodes: readonly EntityRecord[];
let edges: readonly RelationshipRecord[];
let sentences: ReadonlyMap<string, string>;
let whole: string;

const sentenceOf = (record: EntityRecord | RelationshipRecord): string =>
  sentences.get(textOf(record, "locator")) ?? "";

/** Whether the words hold a name of the node; of a team or project called after its owner, the owner. */
function holdsName(words: string, node: EntityRecord): boolean {
  const known = namesOf(node);
  if (node.kind === "TalentTeam" || node.kind === "Project")
    known.push(textOf(node, "name").replace(/(?:(?:技术|项目)?团队|项目)$/u, ""));
  return known.some((name) => words.includes(withoutBlanks(name)));
}

/** Qualifier with which the sentence states the figure beside a name of the indicator; undefined where it does not. */
function statedQualifier(indicator: EntityRecord): string | undefined {
  const figure = `${String(indicator.properties["value"]).replace(".", "\\.")}(?<more>余?)${textOf(indicator, "unit")}`;
  for (const name of namesOf(indicator).map(withoutBlanks))
    for (const pattern of [
      `${name}(?<before>[^，；。、\\d]{0,4})${figure}(?=[，；。、])`,
      `(?<before>[^\\d])${figure}[^，；。、\\d]*${name}`,
    ]) {
      const found = new RegExp(pattern, "u").exec(sentenceOf(indicator))?.groups;
      if (found === undefined) continue;
      if (found["more"] === "余" || /超过?$/u.test(found["before"] ?? "")) return "OVER";
      return (found["before"] ?? "").endsWith("约") ? "ABOUT" : "EXACT";
    }
  return undefined;
}

describe.skipIf(path === undefined)("the Quanzhou seed against the text (LIANTU_REPLY_1190)", () => {
  beforeAll(async () => {
    const text = await readFile(path ?? "", "utf8");
    const { batch } = await readQuanzhou();
    nodes = batch.entities;
    edges = batch.relationships;
    sentences = sentencesOf(text);
    whole = withoutBlanks(text);
  });

  test("the sentence at the locator names the node", () => {
    const counted = ["indicator-pillars", "indicator-leaders", "indicator-chains"];
    const unnamed = nodes.filter((node) => !counted.includes(node.id) && !holdsName(sentenceOf(node), node));
    expect(unnamed.map(({ id }) => id)).toStrictEqual([]);
  });

  test("the sentence at the locator states the figure beside its name, with its qualifier", () => {
    const stated = nodes.filter((node) => node.kind === "Indicator" && textOf(node, "assertion") === "STATED");
    expect(stated).toHaveLength(22);
    expect(stated.map((node) => [node.id, statedQualifier(node)])).toStrictEqual(
      stated.map((node) => [node.id, textOf(node, "qualifier")]),
    );
  });

  test("every figure of the text is an indicator, each as often as it stands there", () => {
    const inText = [...whole.matchAll(/(?<value>\d+(?:\.\d+)?)余?(?<unit>亿元|人次|[个家项人支%])/gu)];
    const inSeed = nodes.filter((node) => node.kind === "Indicator" && textOf(node, "assertion") === "STATED");
    expect(inSeed.map((node) => `${node.properties["value"]}${textOf(node, "unit")}`).sort()).toStrictEqual(
      inText.map(({ groups }) => `${groups?.["value"]}${groups?.["unit"]}`).sort(),
    );
  });

  test("the counts of the 235 structure are those of its sentence and of the seed", () => {
    const count = (id: string) => nodes.find((node) => node.id === `indicator-${id}`)?.properties["value"];
    const held = (kind: string) => nodes.filter((node) => node.kind === kind).length;
    const digits = [count("pillars"), count("leaders"), count("chains")];
    expect(sentences.get("7.3")).toContain(`“${digits.join("")}”`);
    expect(digits).toStrictEqual([held("Pillar"), edges.filter(({ type }) => type === "LEADS").length, held("Chain")]);
  });

  test("the sentence at the locator names both ends; of what is derived, the text does", () => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const unnamed = edges.filter((edge) => {
      const words = textOf(edge, "assertion") === "STATED" ? sentenceOf(edge) : whole;
      return [edge.from, edge.to].some((id) => {
        const end = byId.get(id);
        const isTheCity = end?.kind === "Cluster";
        const isCount = end?.kind === "Indicator" && textOf(end, "assertion") === "DERIVED";
        return end === undefined || !(isTheCity || isCount || holdsName(words, end));
      });
    });
    expect(unnamed.map(({ id }) => id)).toStrictEqual([]);
    expect(edges.filter((edge) => sentenceOf(edge) === "")).toStrictEqual([]);
  });

  test("leads, document numbers, dates and Taiwanese firms are in their sentences", () => {
    const unstated = nodes.flatMap((node) => {
      const date = /^(?<year>\d{4})-(?<month>\d{2})$/u.exec(textOf(node, "date"))?.groups;
      const words = [
        textOf(node, "lead"),
        textOf(node, "documentNumber"),
        node.properties["country"] === "TW" ? "台系" : "",
        date === undefined ? "" : `${date["year"]}年${Number(date["month"])}月`,
      ];
      return words.filter((word) => !sentenceOf(node).includes(word)).map((word) => `${node.id}: ${word}`);
    });
    expect(unstated).toStrictEqual([]);
  });

  test("the source bears the letter's own title, publisher and date", () => {
    const source = nodes.find(({ kind }) => kind === "Source");
    const [publisher, occasion, title] = ["1.1", "2.1", "3.1"].map((locator) => sentences.get(locator));
    expect(source?.properties).toMatchObject({
      title: `${publisher}${occasion}${title}`,
      publisher,
      date: "2025-05-12",
    });
    expect(sentences.get("17.1")).toBe("2025年5月12日");
  });

  test("a figure in a statement is in the sentence it speaks of", () => {
    const invented = [...nodes, ...edges].flatMap((record) => {
      const words = "kind" in record && record.kind === "Source" ? whole : sentenceOf(record);
      return (textOf(record, "statement").match(/\d+(?:\.\d+)?/gu) ?? [])
        .filter((figure) => !words.includes(figure))
        .map((figure) => `${record.id}: ${figure}`);
    });
    expect(invented).toStrictEqual([]);
  });

  test("statements are in our own words", () => {
    const names = nodes.flatMap(namesOf);
    const copied = [...nodes, ...edges].flatMap((record) =>
      ["statement", "basis", "description"]
        .map((property) => longestSharedRun(textOf(record, property), whole, names))
        .filter((run) => run.length >= 13)
        .map((run) => `${record.id}: ${run}`),
    );
    expect(copied).toStrictEqual([]);
  });
});

describe("the text of a letter", () => {
  test("is told by paragraph and sentence, without its blanks", () => {
    const text = "甲委员会\n\n全市有 9个机构；引进 “百人” 团队。下一步\n继续。\r\n\r\n\n2025年 5月\n";
    expect([...sentencesOf(text)]).toStrictEqual([
      ["1.1", "甲委员会"],
      ["2.1", "全市有9个机构；"],
      ["2.2", "引进“百人”团队。"],
      ["2.3", "下一步继续。"],
      ["3.1", "2025年5月"],
    ]);
  });

  test("shares runs of characters with a statement, over punctuation, but not inside proper names", () => {
    const text = "推动晋江微电子研究院落地，服务企业超 500家，解决难题";
    expect(longestSharedRun("该院服务企业，家数可观，难题解决", text, [])).toBe("服务企业");
    expect(longestSharedRun("服务企业超家解决", text, [])).toBe("服务企业超家解决");
    expect(longestSharedRun("晋江微电子研究院落地了", text, ["晋江微电子研究院", "研究院"])).toBe("落地");
  });
});
