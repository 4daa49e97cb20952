import type { ReportLanguage } from "../../graph/report/cell-text.ts";
import { gatherReport } from "../../graph/report/report.ts";
import type { Context } from "../context.ts";
import { type ReportFormat, reportDocument } from "../report/report-document.ts";
import { type AnalysisArguments, ask, targetOf } from "./analysis.ts";
import { mustBeBudget } from "./policy.ts";

interface ReportArguments extends AnalysisArguments {
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
  readonly budget: number;
}

export const reportQueries = {
  report: async (_: unknown, args: ReportArguments, context: Context) => {
    const { target, format, language, budget } = args;
    mustBeBudget(budget);
    const { asked } = await ask(args, context);
    const { store, signal } = context;
    const day = new Date().toISOString().slice(0, 10);
    const report = await gatherReport(
      { store, network: await context.network(), signal, ask: context.analyze },
      { target, policy: asked.policy, budget, day },
    );
    const { content, ...file } = await reportDocument(report, format, language);
    return {
      ...asked,
      ...file,
      day,
      encoding: typeof content === "string" ? "TEXT" : "BASE64",
      content: typeof content === "string" ? content : Buffer.from(content).toString("base64"),
    };
  },
};

export const reportResolvers = { ReportDocument: { target: targetOf } };
