import { appliedPolicy, coverage, drawing, named, offer } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** What differs between two policies or days for one target, each change with its causes. */
export const compareQuery = graphql(
  `
    query Compare($target: ID!, $policy: PolicyInput, $otherPolicy: PolicyInput!) {
      diff(target: $target, policy: $policy, otherPolicy: $otherPolicy) {
        version
        policyFields
        target {
          ...Named
        }
        policy {
          ...Applied
        }
        otherPolicy {
          ...Applied
        }
        verdictBefore
        verdictAfter
        freeToTierBefore
        freeToTierAfter
        coverageBefore {
          ...Covered
        }
        coverageAfter {
          ...Covered
        }
        targets {
          item {
            ...Named
          }
          firm {
            ...Named
          }
          before {
            available
            tier
          }
          after {
            available
            tier
          }
        }
        availability {
          before
          after
          item {
            ...Named
          }
          causes {
            ...Cause
          }
        }
        gaps {
          change
          item {
            ...Named
          }
          before {
            ...GapSide
          }
          after {
            ...GapSide
          }
          causes {
            ...Cause
          }
        }
        plan {
          costChange
          before {
            cost
            steps
          }
          after {
            cost
            steps
          }
          completionBefore {
            ...Completed
          }
          completionAfter {
            ...Completed
          }
          steps {
            key
            change
            item {
              ...Named
            }
            before {
              ...Step
            }
            after {
              ...Step
            }
            causes {
              ...Cause
            }
          }
        }
        exposure {
          before {
            gradedLoss {
              low
              high
            }
          }
          after {
            gradedLoss {
              low
              high
            }
          }
        }
        localization {
          before {
            rate {
              low
              high
            }
          }
          after {
            rate {
              low
              high
            }
          }
        }
        subgraph {
          ...Drawing
        }
      }
    }
    fragment GapSide on ItemGap {
      types
      possible
      tier
      score {
        low
        high
      }
    }
    fragment Completed on Completion {
      count
      cost
      items {
        ...Named
      }
    }
    fragment Step on PlanStep {
      way
      offer {
        ...OfferRow
      }
    }
    fragment Cause on DiffCause {
      kind
      before
      after
      item {
        ...Named
      }
      from {
        ...Named
      }
      relationship {
        id
      }
    }
  `,
  [named, offer, drawing, appliedPolicy, coverage],
);
export type Comparison = ResultOf<typeof compareQuery>["diff"];
export type Cause = Comparison["gaps"][number]["causes"][number];
export type GapSide = NonNullable<Comparison["gaps"][number]["before"]>;
