import { useMemo, useState } from "preact/hooks";
import { type Forms, offerQuery, type Stored } from "../../api/edit.ts";
import { useQuery } from "../../api/use-query.ts";
import { t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { session } from "../../state/session.ts";
import { navigate, view } from "../../state/view.ts";
import { Answer } from "../answer.tsx";
import { Chosen } from "../chosen.tsx";
import { SearchBox, type SearchKinds } from "../search-box.tsx";
import { type Draft, propertiesOf } from "./draft.ts";
import { useMutationId } from "./mutation-id.ts";
import { NewRecord, type NewRecordDraft } from "./new-record.tsx";
import { type Outcome, RecordForm, STORED } from "./record-form.tsx";
import { firmInput, propertiesOfKind, propertiesOfType, sourceInput } from "./records.ts";
import { removeRelationship, storeEntities, storeRelationships } from "./store.ts";
import { useRecordDraft } from "./use-record-draft.ts";
import { errorsAt, NO_ERRORS } from "./user-errors.ts";

const PROVIDERS: SearchKinds = ["Firm", "Jurisdiction"];
const ITEMS: SearchKinds = ["Product"];

/** The form of an offer: who supplies what, how much, and where that is said. */
export function SupplyForm({ forms }: { readonly forms: Forms }) {
  const { pathFrom, pathTo } = view.value;
  const properties = propertiesOfType(forms, "SUPPLIES");
  const document = useMemo(() => offerQuery(properties), [properties]);
  const query = useQuery(document, pathFrom === null || pathTo === null ? null : { from: pathFrom, to: pathTo });
  if (pathFrom === null || pathTo === null) return <Loaded key="new" forms={forms} stored={null} />;
  return (
    <Answer of={query} lines={10}>
      {({ node }) => <Loaded key={`${pathFrom} ${pathTo}`} forms={forms} stored={node?.suppliers?.edges[0] ?? null} />}
    </Answer>
  );
}

const NEW: Draft = { dataset: "own", assertion: "STATED" };
/** Sources of an offer's own; a firm that is made with it is stated by them too. */
const FIRM = "supply-form-firm";

const END_MISSING = {
  from: { message: "there is no supplier — choose or add the supplier", messageZh: "缺少供应方——请选择或新建供应方" },
  to: { message: "there is no product — choose the product", messageZh: "缺少产品——请选择产品" },
} as const;

function Loaded({ forms, stored }: { readonly forms: Forms; readonly stored: Stored | null }) {
  const { pathFrom, pathTo } = view.value;
  const properties = propertiesOfType(forms, "SUPPLIES");
  const state = useRecordDraft(`SUPPLIES ${pathFrom ?? ""} ${pathTo ?? ""}`, properties, stored, NEW);
  const [firm, setFirm] = useState<NewRecordDraft | null>(null);
  const [firmErrors, setFirmErrors] = useState(NO_ERRORS);
  const entitiesId = useMutationId();
  const offerId = useMutationId();
  const save = async (draft: Draft, source: NewRecordDraft | null): Promise<Outcome> => {
    const from = pathFrom ?? firm?.id ?? "";
    const sources = [...(draft["sources"] ?? []), ...(source === null ? [] : [source.id])];
    const made = [
      ...(firm === null || pathFrom !== null ? [] : [firmInput(firm, sources)]),
      ...(source === null ? [] : [sourceInput(source)]),
    ];
    const missing = [...(from === "" ? ["from" as const] : []), ...(pathTo === null ? ["to" as const] : [])];
    if (missing.length > 0)
      return {
        record: errorsAt(
          missing.map((end) => ({
            code: "MISSING",
            ...END_MISSING[end],
            path: `relationships[0].${end}`,
            currentVersion: null,
          })),
          0,
        ),
        source: NO_ERRORS,
        failure: null,
      };
    if (made.length > 0) {
      const { errors, failure } = await storeEntities(made, entitiesId(made));
      const firmAt = made.findIndex(({ kind }) => kind === "Firm");
      const sourceAt = made.findIndex(({ kind }) => kind === "Source");
      setFirmErrors(firmAt === -1 ? NO_ERRORS : errorsAt(errors, firmAt));
      if (errors.length > 0 || failure !== null)
        return { record: NO_ERRORS, source: sourceAt === -1 ? NO_ERRORS : errorsAt(errors, sourceAt), failure };
    }
    const offer = {
      type: "SUPPLIES" as const,
      from,
      to: pathTo ?? "",
      properties: propertiesOf(properties, { ...draft, sources }),
      ifVersion: state.version,
    };
    const { errors, failure } = await storeRelationships([offer], offerId(offer));
    if (errors.length > 0 || failure !== null) return { record: errorsAt(errors, 0), source: NO_ERRORS, failure };
    if (pathFrom === null) {
      state.saved(NEW);
      navigate({ pathFrom: from }, { replace: true });
    }
    return STORED;
  };
  const remove = async () => (stored === null ? [] : (await removeRelationship(stored.id, state.version)).errors);
  return (
    <RecordForm
      name={label("type", "SUPPLIES")}
      prefix="supply-form"
      properties={properties}
      sourceProperties={propertiesOfKind(forms, "Source")}
      state={state}
      onSave={save}
      onDelete={stored !== null && session.value?.role === "admin" ? remove : null}
    >
      <div class="form-ends">
        <End
          title={t("edit.supplier")}
          id={pathFrom}
          kinds={PROVIDERS}
          testId="supply-from"
          onPick={(id) => navigate({ pathFrom: id })}
        />
        <span aria-hidden="true">→</span>
        <End
          title={label("kind", "Product")}
          id={pathTo}
          kinds={ITEMS}
          testId="supply-to"
          onPick={(id) => navigate({ pathTo: id })}
        />
        <span class="note">{stored === null ? t("edit.newOffer") : t("edit.version", { n: state.version })}</span>
      </div>
      {pathFrom === null &&
        (firm === null ? (
          <p>
            <button
              type="button"
              class="button"
              data-testid="supply-firm-new"
              onClick={() => setFirm({ id: "", draft: {} })}
            >
              + {t("edit.firm.new")}
            </button>
          </p>
        ) : (
          <NewRecord
            kind="Firm"
            title={t("edit.firm.new")}
            properties={propertiesOfKind(forms, "Firm")}
            made={firm}
            errors={firmErrors}
            prefix={FIRM}
            onChange={setFirm}
          />
        ))}
    </RecordForm>
  );
}

interface EndProps {
  readonly title: string;
  readonly id: string | null;
  readonly kinds: SearchKinds;
  readonly testId: string;
  readonly onPick: (id: string | null) => void;
}

/** One end of the relationship: chosen, or to be found. */
function End({ title, id, kinds, testId, onPick }: EndProps) {
  return (
    <div class="form-end" data-testid={testId}>
      <span class="field-name">{title}</span>
      {id === null ? (
        <SearchBox
          label={title}
          placeholder={t("search.placeholder")}
          kinds={kinds}
          onPick={(entity) => onPick(entity.id)}
          testId={`${testId}-search`}
        />
      ) : (
        <Chosen ids={[id]} onRemove={() => onPick(null)} />
      )}
    </div>
  );
}
