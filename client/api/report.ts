import { named } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** The committee's document of a target, as a file. */
export const reportQuery = graphql(
  `
    query Report(
      $target: ID!
      $policy: PolicyInput
      $format: ReportFormat
      $language: ReportLanguage
      $budget: Float
    ) {
      report(target: $target, policy: $policy, format: $format, language: $language, budget: $budget) {
        version
        day
        fileName
        mediaType
        encoding
        content
        target {
          ...Named
        }
      }
    }
  `,
  [named],
);
export type ReportFile = ResultOf<typeof reportQuery>["report"];
