import { useMemo, useState } from "preact/hooks";
import { entityQuery, type Forms, type Stored } from "../../api/edit.ts";
import { useQuery } from "../../api/use-query.ts";
import { t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { session } from "../../state/session.ts";
import { navigate } from "../../state/view.ts";
import { Answer, Empty } from "../answer.tsx";
import { KindLabel } from "../name.tsx";
import { type Draft, newId, propertiesOf } from "./draft.ts";
import { randomMark, useMutationId } from "./mutation-id.ts";
import type { NewRecordDraft } from "./new-record.tsx";
import { type Outcome, RecordForm, STORED } from "./record-form.tsx";
import { propertiesOfKind, sourceInput } from "./records.ts";
import { type Kind, removeEntity, storeEntities } from "./store.ts";
import { useRecordDraft } from "./use-record-draft.ts";
import { errorsAt } from "./user-errors.ts";

interface EntityFormProps {
  readonly forms: Forms;
  readonly kind: Kind;
  /** Null = a new one. */
  readonly id: string | null;
}

/** The form of a node: one that is there, or a new one. */
export function EntityForm({ forms, kind, id }: EntityFormProps) {
  const properties = propertiesOfKind(forms, kind);
  const document = useMemo(() => entityQuery(kind, properties), [kind, properties]);
  const query = useQuery(document, id === null ? null : { id });
  if (id === null) return <Loaded key={kind} forms={forms} kind={kind} id={null} stored={null} />;
  return (
    <Answer of={query} lines={10}>
      {({ node }) => <Loaded key={id} forms={forms} kind={kind} id={id} stored={node} />}
    </Answer>
  );
}

const NEW: Draft = { dataset: "own", assertion: "STATED" };

function Loaded({ forms, kind, id, stored }: EntityFormProps & { readonly stored: Stored | null }) {
  const properties = propertiesOfKind(forms, kind);
  const state = useRecordDraft(`${kind} ${id ?? ""}`, properties, stored, NEW);
  const mutationId = useMutationId();
  const [mark] = useState(() => randomMark().slice(0, 8));
  const [written, setWritten] = useState("");
  const ownId = id ?? (written.trim() === "" ? newId(kind, state.draft, mark) : written.trim());
  const prefix = "entity-form";
  const save = async (draft: Draft, source: NewRecordDraft | null): Promise<Outcome> => {
    const sources = [...(draft["sources"] ?? []), ...(source === null ? [] : [source.id])];
    const entities = [
      {
        id: ownId,
        kind,
        properties: propertiesOf(properties, { ...draft, sources }),
        ifVersion: state.version,
      },
      ...(source === null ? [] : [sourceInput(source)]),
    ];
    const { errors, failure } = await storeEntities(entities, mutationId(entities));
    if (errors.length > 0 || failure !== null)
      return { record: errorsAt(errors, 0), source: errorsAt(errors, 1), failure };
    if (id === null) {
      state.saved(NEW);
      navigate({ selected: ownId });
    }
    return STORED;
  };
  const remove = async () => (await removeEntity(ownId, state.version)).errors;
  if (id !== null && stored === null && state.version === 0) return <Empty title={t("empty.notFound", { id })} />;
  return (
    <RecordForm
      name={label("kind", kind)}
      prefix={prefix}
      properties={properties}
      sourceProperties={propertiesOfKind(forms, "Source")}
      state={state}
      onSave={save}
      onDelete={id !== null && stored !== null && session.value?.role === "admin" ? remove : null}
    >
      <p class="form-head">
        <KindLabel kind={kind} />
        {id === null ? (
          <label>
            {t("edit.id")}{" "}
            <input
              class="input input-id"
              value={written}
              placeholder={ownId}
              spellcheck={false}
              autocomplete="off"
              data-testid={`${prefix}-id`}
              onInput={(event) => setWritten(event.currentTarget.value)}
            />
          </label>
        ) : (
          <span>
            {t("edit.id")} <code>{id}</code> · {t("edit.version", { n: state.version })}
          </span>
        )}
      </p>
    </RecordForm>
  );
}
