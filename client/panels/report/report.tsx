import type { CombinedError } from "@urql/core";
import { useRef, useState } from "preact/hooks";
import { client } from "../../api/client.ts";
import type { VariablesOf } from "../../api/graphql.ts";
import { type ReportFile, reportQuery } from "../../api/report.ts";
import { useQuery } from "../../api/use-query.ts";
import { reportBlob } from "../../export/report-blob.ts";
import { save } from "../../export/save.ts";
import { t, word } from "../../i18n/index.ts";
import { REPORT_LANGUAGES } from "../../state/permalink.ts";
import { navigate, view } from "../../state/view.ts";
import { frameDocument } from "../../trusted.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer, Failure } from "../answer.tsx";
import { policyOf } from "../policy-bar.tsx";
import { BudgetInput } from "../recruitment/budget-input.tsx";

const FORMATS = ["HTML", "XLSX", "JSON"] as const;
type Format = (typeof FORMATS)[number];
type Question = VariablesOf<typeof reportQuery>;

/** The committee's document: seen before it is taken along or printed. */
export function ReportPage() {
  return <AnalysisPage name="report">{(target) => <ReportOf target={target} />}</AnalysisPage>;
}

function ReportOf({ target }: { readonly target: string }) {
  const { reportLanguage, budget } = view.value;
  const question: Question = { target, policy: policyOf(view.value), language: reportLanguage, budget };
  const query = useQuery(reportQuery, { ...question, format: "HTML" });
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <>
      <fieldset class="controls chooser" data-testid="report-choices">
        <legend class="visually-hidden">{t("report.choices")}</legend>
        <fieldset class="segmented" aria-label={t("report.language")}>
          {REPORT_LANGUAGES.map((value) => (
            <button
              type="button"
              key={value}
              aria-pressed={value === reportLanguage}
              data-testid={`report-language-${value}`}
              onClick={() => navigate({ reportLanguage: value })}
            >
              {word("report.language", value)}
            </button>
          ))}
        </fieldset>
        <BudgetInput />
        <Downloads key={JSON.stringify(question)} question={question} />
        <button
          type="button"
          class="button"
          data-testid="report-print"
          aria-disabled={query.data === undefined}
          onClick={() => frame.current?.contentWindow?.print()}
        >
          {t("print")}
        </button>
      </fieldset>
      <Answer of={query} lines={16}>
        {({ report }) => <Preview of={report} frame={frame} />}
      </Answer>
    </>
  );
}

interface PreviewProps {
  readonly of: ReportFile;
  readonly frame: { current: HTMLIFrameElement | null };
}

/** The document in a frame in which nothing runs; it is of this origin so that it can be printed from here. */
function Preview({ of, frame }: PreviewProps) {
  return (
    <iframe
      ref={frame}
      class="report-frame"
      title={t("report.preview", { name: of.fileName })}
      sandbox="allow-same-origin allow-modals"
      srcDoc={frameDocument(of.content)}
      data-testid="report-frame"
    />
  );
}

/** Fetches the document in a format when it is asked for, and says so where that fails. */
function Downloads({ question }: { readonly question: Question }) {
  const [busy, setBusy] = useState<Format | null>(null);
  const [failed, setFailed] = useState<{ readonly format: Format; readonly error: CombinedError } | null>(null);
  const download = async (format: Format): Promise<void> => {
    if (busy !== null) return;
    setBusy(format);
    setFailed(null);
    const { data, error } = await client.query(reportQuery, { ...question, format });
    setBusy(null);
    if (data !== undefined && data !== null) save(reportBlob(data.report), data.report.fileName);
    else if (error !== undefined) setFailed({ format, error });
  };
  return (
    <span class="downloads">
      {FORMATS.map((format) => (
        <button
          type="button"
          key={format}
          class="button"
          aria-busy={busy === format}
          data-testid={`report-${format}`}
          onClick={() => void download(format)}
        >
          {word("report.format", format)}
        </button>
      ))}
      <span class="note" role="status">
        {busy === null ? "" : t("loading.long")}
      </span>
      {failed !== null && <Failure error={failed.error} onRetry={() => void download(failed.format)} />}
    </span>
  );
}
