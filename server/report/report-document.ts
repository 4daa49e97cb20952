import { GraphError } from "../../graph/errors.ts";
import type { ReportLanguage } from "../../graph/report/cell-text.ts";
import type { Report } from "../../graph/report/report.ts";
import { reportPage } from "./page.ts";
import { reportFileName } from "./title.ts";
import { reportWorkbook } from "./workbook.ts";

export const REPORT_FORMATS = ["HTML", "XLSX", "JSON"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report as a file. */
export interface ReportDocument {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
}

/** No report of a target that people read comes near. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Writes a report in a format. Rejects with a `GraphError` OVERLOADED where it would be longer than 16 MB. */
export async function reportDocument(
  report: Report,
  format: ReportFormat,
  language: ReportLanguage,
): Promise<ReportDocument> {
  const document = await written(report, format, language);
  if (Buffer.byteLength(document.content) <= MOST_BYTES) return document;
  throw new GraphError("OVERLOADED", "The report would be longer than 16 MB: ask about a smaller target");
}

async function written(report: Report, format: ReportFormat, language: ReportLanguage): Promise<ReportDocument> {
  switch (format) {
    case "HTML":
      return {
        fileName: reportFileName(report, "html"),
        mediaType: "text/html; charset=utf-8",
        content: reportPage(report, language),
      };
    case "XLSX":
      return {
        fileName: reportFileName(report, "xlsx"),
        mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        content: await reportWorkbook(report, language),
      };
    case "JSON":
      return {
        fileName: reportFileName(report, "json"),
        mediaType: "application/json",
        content: `${JSON.stringify({ ...report, names: Object.fromEntries(report.names) }, null, 2)}\n`,
      };
  }
}
