import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { navigate, view } from "../state/view.ts";
import { Empty } from "./answer.tsx";
import { PolicyBar } from "./policy-bar.tsx";
import { TargetPicker, TargetSuggestions } from "./target-picker.tsx";

interface AnalysisPageProps {
  /** The page's class and test id. */
  readonly name: string;
  /** Stands in for the policy's controls where a page has its own. */
  readonly controls?: ComponentChildren;
  /** What stands there of a target. */
  readonly children: (target: string) => ComponentChildren;
}

/** What every analysis has in common: the choice of a target and a policy, and what stands there before a choice. */
export function AnalysisPage({ name, controls = <PolicyBar />, children }: AnalysisPageProps) {
  const { target } = view.value;
  return (
    <div class={`page ${name}`} data-testid={name}>
      <div class="controls">
        <TargetPicker />
        {controls}
      </div>
      {target === null ? (
        <Empty title={t("target.none.title")}>
          <p>{t("target.none.text")}</p>
          <TargetSuggestions onPick={({ id }) => navigate({ target: id })} />
        </Empty>
      ) : (
        children(target)
      )}
    </div>
  );
}
