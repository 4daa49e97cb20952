import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { csvOf } from "../export/csv.ts";
import { saveText } from "../export/save.ts";
import { tableText } from "../export/table-text.ts";
import { t } from "../i18n/index.ts";

interface TableFrameProps {
  /** What the table shows; the name of the files as well. */
  readonly name: string;
  readonly class?: string;
  readonly testId: string;
  /** What the rows are made of, as the service sent it. */
  readonly data: unknown;
  readonly children: ComponentChildren;
}

/** A table that scrolls by itself and can be taken along: as CSV what it shows, as JSON what it is made of. */
export function TableFrame({ name, class: className = "", testId, data, children }: TableFrameProps) {
  const table = useRef<HTMLTableElement>(null);
  const saveCsv = (): void => {
    if (table.current !== null) saveText(csvOf(tableText(table.current)), `${name}.csv`, "text/csv");
  };
  const saveJson = (): void => saveText(JSON.stringify(data, null, 2), `${name}.json`, "application/json");
  return (
    <div class="table-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="table-scroll" aria-label={name} tabIndex={0}>
        <table ref={table} class={`table ${className}`} data-testid={testId}>
          {children}
        </table>
      </section>
      <p class="table-tools">
        <SaveButton format="CSV" name={name} testId={`${testId}-csv`} onClick={saveCsv} />
        <SaveButton format="JSON" name={name} testId={`${testId}-json`} onClick={saveJson} />
      </p>
    </div>
  );
}

interface SaveButtonProps {
  readonly format: "CSV" | "JSON";
  readonly name: string;
  readonly testId: string;
  readonly onClick: () => void;
}

function SaveButton({ format, name, testId, onClick }: SaveButtonProps) {
  const title = t("save.as", { name, format });
  return (
    <button type="button" class="tool-link" title={title} aria-label={title} data-testid={testId} onClick={onClick}>
      {format}
    </button>
  );
}
