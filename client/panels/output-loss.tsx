import type { Bounds } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { Meter } from "./meter.tsx";

/** How much of a target's output is lost and what is left of it, as rows of a list of pairs. */
export function OutputLoss({ of }: { readonly of: { readonly gradedLoss: Bounds; readonly outputLeft: Bounds } }) {
  return (
    <>
      <dt>{t("exposure.loss")}</dt>
      <dd>
        <Meter bounds={of.gradedLoss} max={1} tone="danger" label={t("exposure.loss")} />
      </dd>
      <dt>{t("exposure.left")}</dt>
      <dd>
        <Meter bounds={of.outputLeft} max={1} tone="good" label={t("exposure.left")} />
      </dd>
    </>
  );
}
