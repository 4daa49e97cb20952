import { useState } from "preact/hooks";
import type { Property } from "../../api/edit.ts";
import { t } from "../../i18n/index.ts";
import { type Draft, newId } from "./draft.ts";
import { ErrorList } from "./error-list.tsx";
import { randomMark } from "./mutation-id.ts";
import { PropertyField } from "./property-field.tsx";
import type { RecordErrors } from "./user-errors.ts";

/** A record that is made together with another; its id is made of its name until one is written. */
export interface NewRecordDraft {
  readonly id: string;
  readonly draft: Draft;
}

/** What is asked of a record that is made in passing; the rest is for its own form. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  Firm: ["name", "nameEn", "country", "region"],
  Product: ["name", "nameEn", "category"],
  Source: ["title", "titleEn", "publisher", "date", "url", "licence"],
};

interface NewRecordProps {
  readonly kind: string;
  readonly title: string;
  readonly properties: readonly Property[];
  readonly made: NewRecordDraft;
  readonly errors: RecordErrors;
  readonly prefix: string;
  readonly onChange: (made: NewRecordDraft | null) => void;
}

/** The few fields of a record that is made in passing. */
export function NewRecord({ kind, title, properties, made, errors, prefix, onChange }: NewRecordProps) {
  const [mark] = useState(() => randomMark().slice(0, 8));
  const asked = ASKED[kind] ?? [];
  const change = (draft: Draft): void => onChange({ id: newId(kind, draft, mark), draft });
  // A document's name is its title: what is wrong with the one is shown at the other.
  const errorsOf = (name: string) => [
    ...(errors.fields.get(name) ?? []),
    ...(name === "title" ? (errors.fields.get("name") ?? []) : []),
  ];
  const shown = new Set([...asked, "name"]);
  const rest = [...errors.fields].flatMap(([name, found]) => (shown.has(name) ? [] : found));
  return (
    <fieldset class="new-record" data-testid={prefix}>
      <legend>{title}</legend>
      <div class="fields">
        {asked.flatMap((name) => {
          const property = properties.find((each) => each.property === name);
          if (property === undefined) return [];
          return (
            <PropertyField
              key={name}
              property={property}
              value={made.draft[name] ?? ""}
              errors={errorsOf(name)}
              prefix={prefix}
              onChange={(value) => change({ ...made.draft, [name]: value })}
            />
          );
        })}
      </div>
      <p class="note">
        {t("edit.id")} <code>{made.id === "" ? "…" : made.id}</code>{" "}
        <button type="button" class="link" onClick={() => onChange(null)}>
          {t("edit.dropNew")}
        </button>
      </p>
      <ErrorList errors={[...errors.rest, ...rest]} />
    </fieldset>
  );
}
