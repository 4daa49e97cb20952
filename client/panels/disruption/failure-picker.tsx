import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { Chosen } from "../chosen.tsx";
import { CountrySelect } from "../country-select.tsx";
import { SearchBox, type SearchKinds } from "../search-box.tsx";

const FAILING: SearchKinds = ["Firm", "Product"];

/** Chooses what fails together: countries from a list, firms and items by name. */
export function FailurePicker() {
  const { failed } = view.value;
  const fail = (ids: readonly string[]): void => navigate({ failed: ids, step: null, selected: null });
  const add = (id: string): void => fail([...new Set([...failed, id])]);
  return (
    <fieldset class="controls chooser" data-testid="failure-picker">
      <legend class="visually-hidden">{t("disruption.what")}</legend>
      <span class="policy-name">{t("disruption.what")}</span>
      {failed.length === 0 && <span class="note">{t("none")}</span>}
      <Chosen ids={failed} onRemove={(id) => fail(failed.filter((other) => other !== id))} />
      <CountrySelect
        label={`${t("disruption.what")}: ${t("policy.add")}`}
        without={failed}
        testId="failure-country"
        onPick={add}
      />
      <div class="chooser-search">
        <SearchBox
          label={t("disruption.pick")}
          placeholder={t("disruption.pick")}
          kinds={FAILING}
          onPick={({ id }) => add(id)}
          testId="failure-search"
        />
      </div>
    </fieldset>
  );
}
