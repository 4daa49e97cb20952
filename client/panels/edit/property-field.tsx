import type { Property, UserError } from "../../api/edit.ts";
import { t } from "../../i18n/index.ts";
import { label, ontology } from "../../state/labels.ts";
import { language } from "../../state/view.ts";
import { Check } from "../check.tsx";
import type { Draft } from "./draft.ts";
import { ErrorList } from "./error-list.tsx";

interface PropertyFieldProps {
  readonly property: Property;
  readonly value: Draft[string];
  readonly errors: readonly UserError[];
  /** Begins the ids of the form's elements. */
  readonly prefix: string;
  readonly onChange: (value: Draft[string]) => void;
}

const LONG = /^(description|statement|quote)/;

/** One property of a record as a field of its type, named in the reader's language, with what is wrong with it. */
export function PropertyField(props: PropertyFieldProps) {
  const { property: definition, errors, prefix } = props;
  const { property, required, type } = definition;
  const id = `${prefix}-${property}`;
  const hint = hintOf(definition);
  const described = [hint === "" ? "" : `${id}-hint`, errors.length > 0 ? `${id}-errors` : ""].join(" ").trim();
  const isList = type.endsWith("[]") && type !== "string[]";
  const isLong = LONG.test(property);
  return (
    <div class={`field ${isLong ? "field-long" : ""} ${errors.length > 0 ? "field-wrong" : ""}`} data-field={property}>
      {isList ? (
        <span class="field-name" id={`${id}-name`}>
          <FieldName of={definition} />
        </span>
      ) : (
        <label class="field-name" for={id}>
          <FieldName of={definition} />
          {required && (
            <span class="field-required" title={t("edit.required")}>
              *
            </span>
          )}
        </label>
      )}
      <Control {...props} id={id} described={described} />
      {hint !== "" && (
        <small id={`${id}-hint`} class="field-hint">
          {hint}
        </small>
      )}
      <ErrorList id={`${id}-errors`} errors={errors} />
    </div>
  );
}

function FieldName({ of: { name } }: { readonly of: Property }) {
  return <>{name[language.value]}</>;
}

/** What is to be written: in English what the property means, in Chinese its form. */
function hintOf({ type, property, description }: Property): string {
  if (language.value === "en") return description;
  if (type === "date") return t("edit.hint.date");
  if (type === "string[]" && property !== "sources") return t("edit.hint.lines");
  if (property === "country" || property === "originCountry") return t("edit.hint.country");
  if (property === "share") return t("edit.hint.share");
  return "";
}

interface ControlProps extends PropertyFieldProps {
  readonly id: string;
  readonly described: string;
}

function Control({ property: definition, value, errors, id, described, onChange }: ControlProps) {
  const { property, type, required } = definition;
  const common = {
    id,
    "data-testid": id,
    "aria-invalid": errors.length > 0,
    ...(described === "" ? {} : { "aria-describedby": described }),
  };
  const values = ontology.value?.enums.find((group) => group.enum === type.replace("[]", ""))?.values;
  if (values !== undefined && typeof value !== "string")
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a cell of the grid
      <span class="field-checks" role="group" aria-labelledby={`${id}-name`}>
        {values.map(({ value: each }) => (
          <Check
            key={each}
            checked={value.includes(each)}
            testId={`${id}-${each}`}
            onChange={(isChecked) =>
              onChange(isChecked ? [...value, each] : value.filter((other: string) => other !== each))
            }
          >
            {label(type.replace("[]", ""), each)}
          </Check>
        ))}
      </span>
    );
  const text = typeof value === "string" ? value : value.join("\n");
  if (values !== undefined || type === "boolean") {
    const options =
      values?.map((each) => [each.value, label(type, each.value)] as const) ??
      ([
        ["true", t("edit.yes")],
        ["false", t("edit.no")],
      ] as const);
    return (
      <select
        {...common}
        class="input"
        required={required}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{required ? "…" : t("unknown")}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    );
  }
  if (type === "string[]" || LONG.test(property))
    return (
      <textarea
        {...common}
        class="input"
        rows={2}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <input
      {...common}
      class="input"
      type="text"
      inputMode={type === "double" || type === "integer" ? "decimal" : "text"}
      aria-required={required}
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
