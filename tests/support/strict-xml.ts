/** An element of a document with its attributes and texts decoded. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const NAME = "[A-Za-z_:][A-Za-z0-9_:.-]*";
const ATTRIBUTE = `\\s+${NAME}\\s*=\\s*"[^"<]*"`;
const TOKEN = new RegExp(
  `<(?<close>/)?(?<name>${NAME})(?<attributes>(?:${ATTRIBUTE})*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  "uy",
);
const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads a document of XML 1.0 that uses elements, attributes in double quotes and character references; throws at anything
 * that is not well-formed: characters, nesting, attributes that come twice, `&` and `<` as such, what follows the root.
 */
export function parseXml(document: string): XmlElement {
  if (!CHARACTERS.test(document)) throw new Error("The document holds a character that XML 1.0 has not");
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document);
  if (declaration === null) throw new Error("The document has no declaration");
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  TOKEN.lastIndex = declaration[0].length;
  while (TOKEN.lastIndex < document.length) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(document)?.groups;
    if (groups === undefined) throw new Error(`Not well-formed at ${start}: ${document.slice(start, start + 80)}`);
    const parent = open.at(-1)!;
    const { close, name, attributes, empty, text } = groups;
    if (text !== undefined) {
      if (parent === top && text.trim() !== "") throw new Error("Text stands outside the root");
      parent.text += decoded(text);
    } else if (close !== undefined) {
      if (parent.name !== name || attributes !== "" || empty !== undefined)
        throw new Error(`</${name}> closes nothing`);
      open.pop();
    } else {
      if (parent === top && top.children.length > 0) throw new Error("There are two roots");
      const element: XmlElement = { name: name!, attributes: attributesOf(attributes!), children: [], text: "" };
      parent.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  if (top.children[0] === undefined) throw new Error("There is no root");
  return top.children[0];
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const { 1: name, 2: value } of text.matchAll(/\s+([^\s=]+)\s*=\s*"([^"]*)"/g)) {
    if (Object.hasOwn(attributes, name!)) throw new Error(`The attribute ${name} comes twice`);
    attributes[name!] = decoded(value!.replaceAll(/[\t\n\r]/g, " "));
  }
  return attributes;
}

function decoded(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> stands in a text");
  return text.replaceAll(/&(?:#(\d+);|([a-z]+);)?/g, (sign, code: string | undefined, name: string | undefined) => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = name === undefined ? undefined : ENTITIES[name];
    if (character === undefined) throw new Error(`${sign} is no reference`);
    return character;
  });
}
