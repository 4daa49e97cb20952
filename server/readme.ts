import { type Ends, KIND_NAMES, KINDS, RELATIONSHIP_TYPES, RELATIONSHIPS } from "../graph/ontology.ts";
import { SETTINGS } from "./config.ts";
import { PUBLIC_ERRORS } from "./errors.ts";

/** README with its tables made anew from the code, each between `<!-- NAME -->` and `<!-- end -->`. */
export function withTables(readme: string): string {
  const tables: Readonly<Record<string, string>> = { settings: settings(), errors: errors(), model: model() };
  return readme.replace(
    /<!-- (\w+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name: string) => `<!-- ${name} -->\n${tables[name]}\n<!-- end -->`,
  );
}

function settings(): string {
  const rows = Object.entries(SETTINGS).map(([name, { default: value, text }]) => [
    `\`${name}\``,
    value === "" ? "" : `\`${value}\``,
    text,
  ]);
  return table(["setting", "default", "meaning"], rows);
}

function errors(): string {
  const rows = Object.entries(PUBLIC_ERRORS).map(([code, { status, text }]) => [`\`${code}\``, String(status), text]);
  return table(["code", "status", "when"], rows);
}

function model(): string {
  const kinds = KIND_NAMES.map((kind) => [`\`${kind}\` ${KINDS[kind].zh}`, KINDS[kind].description]);
  const relationships = RELATIONSHIP_TYPES.map((type) => {
    const { zh, description, ends } = RELATIONSHIPS[type];
    const [first] = ends as readonly Ends[];
    const more = ends.length > 1 || first!.from.length > 1 || first!.to.length > 1 ? " …" : "";
    return [`\`${type}\` ${zh}`, `${first!.from[0]} → ${first!.to[0]}${more}`, description];
  });
  return `${table(["kind", "what"], kinds)}\n\n${table(["relationship", "from → to", "what"], relationships)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
