import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { formsQuery } from "../../api/edit.ts";
import { nameQuery } from "../../api/structure.ts";
import { useQuery } from "../../api/use-query.ts";
import { t, word } from "../../i18n/index.ts";
import { label, ontology } from "../../state/labels.ts";
import { EDIT_FORMS } from "../../state/permalink.ts";
import { mayEdit } from "../../state/session.ts";
import { navigate, pageView, view } from "../../state/view.ts";
import { Answer, Empty, Loading } from "../answer.tsx";
import { SearchBox } from "../search-box.tsx";
import { EntityForm } from "./entity-form.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { type Kind, savedVersion } from "./store.ts";
import { SupplyForm } from "./supply-form.tsx";

/** What editors do: offers with their sources, single records, and whole files. */
export function EditPage() {
  const { form } = view.value;
  if (!mayEdit.value)
    return (
      <div class="page edit" data-testid="edit">
        <Empty title={t("error.FORBIDDEN")}>
          <p>{t("edit.forbidden")}</p>
        </Empty>
      </div>
    );
  return (
    <div class="page edit" data-testid="edit">
      <div class="controls">
        <fieldset class="segmented" aria-label={t("edit.what")}>
          {EDIT_FORMS.map((each) => (
            <button
              type="button"
              key={each}
              aria-pressed={each === form}
              data-testid={`edit-${each}`}
              onClick={() => navigate(pageView({ view: "edit", form: each }))}
            >
              {word("edit.form", each)}
            </button>
          ))}
        </fieldset>
        <Saved />
      </div>
      {form === "import" ? <ImportPanel /> : <Form name={form} />}
    </div>
  );
}

/** What the last save did, and where to see it. */
function Saved() {
  const { pathTo, selected } = view.value;
  const version = savedVersion.value;
  const seen = pathTo ?? selected;
  return (
    <span role="status" class="saved" data-testid="saved">
      {version !== null && (
        <>
          ✓ {t("edit.saved", { n: version })}{" "}
          {seen !== null && (
            <button
              type="button"
              class="link"
              onClick={() => navigate(pageView({ view: "explore", open: [{ id: seen, type: "" }], selected: seen }))}
            >
              {t("source.explore")}
            </button>
          )}
        </>
      )}
    </span>
  );
}

function Form({ name }: { readonly name: "supply" | "entity" }) {
  const forms = useQuery(formsQuery, {});
  return (
    <Answer of={forms} lines={10}>
      {({ ontology: known }) => (name === "supply" ? <SupplyForm forms={known} /> : <ChooseEntity forms={known} />)}
    </Answer>
  );
}

function ChooseEntity({ forms }: { readonly forms: Parameters<typeof EntityForm>[0]["forms"] }) {
  const { selected } = view.value;
  const [kind, setKind] = useState<Kind>("Firm");
  const found = useQuery(nameQuery, selected === null ? null : { id: selected });
  const head: ComponentChildren = (
    <div class="form-ends">
      <SearchBox
        label={t("edit.entity.pick")}
        placeholder={t("edit.entity.pick")}
        kinds={null}
        onPick={({ id }) => navigate({ selected: id })}
        testId="edit-search"
        isMain
      />
      <label>
        {t("edit.entity.new")}{" "}
        <select
          class="input input-small"
          value={selected === null ? kind : "-"}
          data-testid="edit-kind"
          onChange={(event) => {
            const picked = (ontology.value?.kinds ?? []).find((each) => each.kind === event.currentTarget.value);
            if (picked === undefined) return;
            setKind(picked.kind);
            navigate({ selected: null });
          }}
        >
          {selected !== null && <option value="-">…</option>}
          {(ontology.value?.kinds ?? []).map((each) => (
            <option key={each.kind} value={each.kind}>
              {label("kind", each.kind)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
  const there = found.data?.node;
  return (
    <>
      {head}
      {selected === null ? (
        <EntityForm forms={forms} kind={kind} id={null} />
      ) : there === undefined ? (
        <Loading lines={10} />
      ) : there === null ? (
        <Empty title={t("empty.notFound", { id: selected })} />
      ) : (
        <EntityForm forms={forms} kind={there.kind} id={there.id} />
      )}
    </>
  );
}
