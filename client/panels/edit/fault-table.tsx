import { t } from "../../i18n/index.ts";
import { TableFrame } from "../table-frame.tsx";
import { ErrorText, messageOf } from "./error-list.tsx";
import type { CellFault, Sheet } from "./read-files.ts";

const SHOWN_ROWS = 50;

/** What is wrong with files: as a list, and beside the cells of the sheets. */
export function FaultTable({ faults }: { readonly faults: readonly CellFault[] }) {
  const sheets = [...new Set(faults.flatMap(({ sheet }) => sheet ?? []))];
  return (
    <>
      <TableFrame name={t("import.faults")} testId="import-faults" data={faults.map(plain)}>
        <thead>
          <tr>
            <th scope="col">{t("import.file")}</th>
            <th scope="col">{t("import.row")}</th>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.value")}</th>
            <th scope="col">{t("import.remedy")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, index) => (
            <tr key={index}>
              <th scope="row">{fault.sheet?.name ?? "–"}</th>
              <td class="num">{fault.row ?? "–"}</td>
              <td>{fault.columnName === "" ? "–" : <bdi>{fault.columnName}</bdi>}</td>
              <td>
                <bdi>{cellOf(fault)}</bdi>
              </td>
              <td>
                <ErrorText of={fault} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {sheets.map((sheet) => (
        <SheetPreview key={sheet.name} sheet={sheet} faults={faults.filter((fault) => fault.sheet === sheet)} />
      ))}
    </>
  );
}

function cellOf({ sheet, row, column }: CellFault): string {
  return row === null || column === null ? "" : (sheet?.rows.get(row)?.[column] ?? "");
}

function plain(fault: CellFault) {
  const { sheet, row, columnName: column, code } = fault;
  return { sheet: sheet?.name ?? null, row, column, value: cellOf(fault), code, message: messageOf(fault) };
}

interface SheetPreviewProps {
  readonly sheet: Sheet;
  readonly faults: readonly CellFault[];
}

/** The rows of a sheet that something is wrong with, each fault beneath the value in its cell. */
function SheetPreview({ sheet, faults }: SheetPreviewProps) {
  const rows = [...new Set(faults.flatMap(({ row }) => row ?? []))].sort((a, b) => a - b);
  const faultsAt = (row: number, column: number | null) =>
    faults.filter((fault) => fault.row === row && fault.column === column);
  const wrong = new Set(faults.flatMap(({ column }) => column ?? []));
  const width = Math.max(sheet.header.length, ...[...wrong].map((column) => column + 1));
  const isShown = (column: number): boolean =>
    column < 2 || wrong.has(column) || rows.some((row) => (sheet.rows.get(row)?.[column] ?? "") !== "");
  const columns = Array.from({ length: width }, (_, column) => column).filter(isShown);
  return (
    <section class="section">
      <h3>{t("import.preview", { name: sheet.name })}</h3>
      {rows.length > SHOWN_ROWS && <p class="note">{t("showing", { n: SHOWN_ROWS, m: rows.length })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="table-scroll" aria-label={t("import.preview", { name: sheet.name })} tabIndex={0}>
        <table class="table sheet-preview" data-testid="sheet-preview">
          <thead>
            <tr>
              <th scope="col">{t("import.row")}</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {sheet.header[column] ?? ""}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN_ROWS).map((row) => (
              <tr key={row}>
                <th scope="row" class={faultsAt(row, null).length > 0 ? "cell-wrong" : ""}>
                  {row}
                  <CellFaults of={faultsAt(row, null)} />
                </th>
                {columns.map((column) => (
                  <td key={column} class={faultsAt(row, column).length > 0 ? "cell-wrong" : ""}>
                    <bdi>{sheet.rows.get(row)?.[column] ?? ""}</bdi>
                    <CellFaults of={faultsAt(row, column)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function CellFaults({ of: faults }: { readonly of: readonly CellFault[] }) {
  return (
    <>
      {faults.map((fault) => (
        <span key={fault.message} class="cell-fault" data-testid="cell-fault">
          <span aria-hidden="true">▲</span> <ErrorText of={fault} />
        </span>
      ))}
    </>
  );
}
