import { type Ends, KIND_NAMES, KINDS, RELATIONSHIP_TYPES, RELATIONSHIPS } from "../graph/ontology.ts";
import { ROLES } from "../graph/roles.ts";
import { INTROSPECTION, RULES } from "./access/rules.ts";
import { SETTINGS } from "./config.ts";
import { PUBLIC_ERRORS } from "./errors.ts";

/** README with its tables made anew from the code, each between `<!-- NAME -->` and `<!-- end -->`. */
export function withTables(readme: string): string {
  const tables: Readonly<Record<string, string>> = {
    settings: settings(),
    errors: errors(),
    model: model(),
    roles: roles(),
  };
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

/** What each role may ask beyond the one before it, from the table that decides. */
function roles(): string {
  const rules = Object.values(RULES).flatMap((fields) => Object.entries(fields));
  const rows = ROLES.map((role) => {
    const fields = rules.filter(([, least]) => least === role).map(([field]) => `\`${field}\``);
    const names = [...fields, ...(INTROSPECTION === role ? ["the schema itself, GraphiQL"] : [])];
    return [`\`${role}\` ${ROLE_TEXTS[role].zh}`, ROLE_TEXTS[role].en, names.join(", ")];
  });
  return table(["role", "may", "fields"], rows);
}

const ROLE_TEXTS = {
  viewer: { zh: "查看", en: "read" },
  editor: { zh: "编辑", en: "also write and import" },
  admin: { zh: "管理", en: "also delete, and manage keys" },
} as const;

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
