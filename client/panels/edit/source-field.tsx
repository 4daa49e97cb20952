import type { Property } from "../../api/edit.ts";
import { t } from "../../i18n/index.ts";
import { language } from "../../state/view.ts";
import { Chosen } from "../chosen.tsx";
import { SearchBox } from "../search-box.tsx";
import { ErrorList } from "./error-list.tsx";
import { NewRecord, type NewRecordDraft } from "./new-record.tsx";
import type { RecordErrors } from "./user-errors.ts";

interface SourceFieldProps {
  readonly property: Property;
  readonly ids: readonly string[];
  /** The document that is made with the record; null = none. */
  readonly made: NewRecordDraft | null;
  readonly forms: readonly Property[];
  readonly errors: RecordErrors;
  readonly madeErrors: RecordErrors;
  readonly prefix: string;
  readonly onChange: (ids: readonly string[]) => void;
  readonly onMake: (made: NewRecordDraft | null) => void;
}

/** Where a record is from: documents that are there, or one that is made with it. */
export function SourceField(props: SourceFieldProps) {
  const { property, ids, made, forms, errors, madeErrors, prefix, onChange, onMake } = props;
  const wrong = errors.fields.get("sources") ?? [];
  return (
    <div class={`field field-long ${wrong.length > 0 ? "field-wrong" : ""}`} data-field="sources">
      <span class="field-name">{property.name[language.value]}</span>
      <div class="field-sources">
        <span class="chips">
          <Chosen ids={ids} onRemove={(id) => onChange(ids.filter((other) => other !== id))} />
        </span>
        <SearchBox
          label={t("edit.source.pick")}
          placeholder={t("edit.source.pick")}
          kinds={["Source"]}
          onPick={({ id }) => onChange([...new Set([...ids, id])])}
          testId={`${prefix}-source-search`}
        />
        {made === null ? (
          <button
            type="button"
            class="button"
            data-testid={`${prefix}-source-new`}
            onClick={() => onMake({ id: "", draft: {} })}
          >
            + {t("edit.source.new")}
          </button>
        ) : (
          <NewRecord
            kind="Source"
            title={t("edit.source.new")}
            properties={forms}
            made={made}
            errors={madeErrors}
            prefix={`${prefix}-source`}
            onChange={onMake}
          />
        )}
      </div>
      <ErrorList errors={wrong} />
    </div>
  );
}
