import type { CombinedError } from "@urql/core";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Property, UserError } from "../../api/edit.ts";
import { t } from "../../i18n/index.ts";
import { Failure } from "../answer.tsx";
import { Conflict } from "./conflict.tsx";
import type { Draft } from "./draft.ts";
import { ErrorList } from "./error-list.tsx";
import type { NewRecordDraft } from "./new-record.tsx";
import { PropertyField } from "./property-field.tsx";
import { SourceField } from "./source-field.tsx";
import type { RecordDraft } from "./use-record-draft.ts";
import { isConflict, NO_ERRORS, type RecordErrors } from "./user-errors.ts";

/** How a save ended: stored, refused with reasons, or not answered. */
export interface Outcome {
  readonly record: RecordErrors;
  readonly source: RecordErrors;
  readonly failure: CombinedError | null;
}

export const STORED: Outcome = { record: NO_ERRORS, source: NO_ERRORS, failure: null };

interface RecordFormProps {
  readonly name: string;
  readonly prefix: string;
  readonly properties: readonly Property[];
  readonly sourceProperties: readonly Property[];
  readonly state: RecordDraft;
  /** Fields before those of the properties. */
  readonly children?: ComponentChildren;
  /** Stores the draft, and the document that is made with it. */
  readonly onSave: (draft: Draft, source: NewRecordDraft | null) => Promise<Outcome>;
  /** Removes the record; null where it is not there, or not the reader's to remove. */
  readonly onDelete: (() => Promise<readonly UserError[]>) | null;
}

/** A record as a form: its own properties first, then where it is from; what is wrong stands at its field. */
export function RecordForm(props: RecordFormProps) {
  const { name, prefix, properties, sourceProperties, state, children, onSave, onDelete } = props;
  const { draft, base, theirs, source, set } = state;
  const [outcome, setOutcome] = useState<Outcome>(STORED);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (busy || theirs !== null) return;
    setBusy(true);
    const made = source !== null && source.id !== "" ? source : null;
    const next = await onSave(draft, made);
    setOutcome(next);
    setBusy(false);
    if (next !== STORED) return;
    const sources = draft["sources"];
    state.saved(made === null ? draft : { ...draft, sources: [...(sources ?? []), made.id] });
  };
  const { record } = outcome;
  const names = new Set(properties.map(({ property }) => property));
  const elsewhere = [...record.fields].flatMap(([field, errors]) => (names.has(field) ? [] : errors));
  const rest = [...record.rest, ...elsewhere].filter((error) => !isConflict(error));
  const sourcesAt = properties.find(({ property }) => property === "sources");
  return (
    <form
      class="record-form"
      aria-label={name}
      noValidate
      data-testid={prefix}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {theirs !== null && (
        <Conflict properties={properties} base={base} theirs={theirs} mine={draft} onDecide={state.settle} />
      )}
      {children}
      <div class="fields">
        {sourcesAt !== undefined && (
          <SourceField
            property={sourcesAt}
            ids={listOf(draft["sources"])}
            made={source}
            forms={sourceProperties}
            errors={record}
            madeErrors={outcome.source}
            prefix={prefix}
            onChange={(sources) => set({ draft: { ...draft, sources } })}
            onMake={(made) => set({ source: made })}
          />
        )}
        {properties
          .filter((property) => property !== sourcesAt)
          .map((property) => (
            <PropertyField
              key={property.property}
              property={property}
              value={draft[property.property] ?? (isList(property) ? [] : "")}
              errors={record.fields.get(property.property) ?? []}
              prefix={prefix}
              onChange={(value) => set({ draft: { ...draft, [property.property]: value } })}
            />
          ))}
      </div>
      <ErrorList errors={rest} />
      {outcome.failure !== null && <Failure error={outcome.failure} onRetry={() => void save()} />}
      <p class="form-actions">
        <button
          type="submit"
          class="button button-main"
          aria-disabled={busy || theirs !== null}
          data-testid={`${prefix}-save`}
        >
          {t("edit.save")}
        </button>
        {onDelete !== null && <DeleteButton prefix={prefix} onDelete={onDelete} />}
        <span class="note" role="status">
          {busy ? t("edit.saving") : ""}
          {theirs !== null ? t("conflict.first") : ""}
        </span>
      </p>
    </form>
  );
}

interface DeleteButtonProps {
  readonly prefix: string;
  readonly onDelete: () => Promise<readonly UserError[]>;
}

/** Removes only at the second press. */
function DeleteButton({ prefix, onDelete }: DeleteButtonProps) {
  const [isSure, setSure] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const press = async (): Promise<void> => {
    if (!isSure) return setSure(true);
    setSure(false);
    setErrors(await onDelete());
  };
  return (
    <>
      <button
        type="button"
        class="button button-danger"
        data-testid={`${prefix}-delete`}
        onBlur={() => setSure(false)}
        onClick={() => void press()}
      >
        {t(isSure ? "edit.delete.sure" : "edit.delete")}
      </button>
      <ErrorList errors={errors} />
    </>
  );
}

function isList({ type }: Property): boolean {
  return type.endsWith("[]") && type !== "string[]";
}

function listOf(value: Draft[string] | undefined): readonly string[] {
  return value === undefined || typeof value === "string" ? [] : value;
}
