import { appliedPolicy, coverage, drawing, named, offer } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** Plans free of restricted inputs, or what blocks them and would complete them. */
export const substitutionQuery = graphql(
  `
    query Substitution($target: ID!, $policy: PolicyInput, $k: Int, $distinctBy: PlanDistinction) {
      substitution(target: $target, policy: $policy, k: $k, distinctBy: $distinctBy) {
        version
        verdict
        freeToTier
        target {
          ...Named
        }
        policy {
          ...Applied
        }
        coverage {
          ...Covered
        }
        plans {
          ...Plan
        }
        rootPaths {
          root {
            id
          }
          path {
            ...Named
          }
        }
        blockingItems {
          ...Named
        }
        blockingItemsComplete
        completion {
          count
          cost
          exact
          items {
            ...Named
          }
        }
        afterCompletion {
          ...Plan
        }
        subgraph {
          ...Drawing
        }
      }
    }
    fragment Plan on SubstitutionPlan {
      cost
      costsKnown
      costsTotal
      lowerBound
      optimality
      founded
      loops {
        ...Named
      }
      subgraph {
        ...Drawing
      }
      steps {
        item {
          ...Named
          category
        }
        way
        region
        todayBasis
        change
        reason
        assumed
        offer {
          ...OfferRow
        }
        today {
          ...OfferRow
        }
        needs {
          ...Named
        }
        passedOver {
          why
          restriction {
            jurisdiction
            ground
            stakes {
              from {
                ...Named
              }
            }
          }
          offer {
            ...OfferRow
          }
        }
      }
    }
  `,
  [named, offer, drawing, appliedPolicy, coverage],
);
export type Substitution = ResultOf<typeof substitutionQuery>["substitution"];
export type Plan = Substitution["plans"][number];
export type PlanStep = Plan["steps"][number];
/** Why an offer that was passed over is restricted. */
export type Restriction = NonNullable<PlanStep["passedOver"][number]["restriction"]>;

/** What is lost without the restricted jurisdictions. */
export const exposureQuery = graphql(
  `
    query Exposure($target: ID!, $policy: PolicyInput) {
      exposure(target: $target, policy: $policy) {
        jurisdictions
        directShare {
          low
          high
        }
        gradedLoss {
          low
          high
        }
        outputLeft {
          low
          high
        }
        witness {
          ...Named
        }
        witnessOffers {
          ...OfferRow
        }
        items {
          depth
          item {
            ...Named
          }
          gradedLoss {
            low
            high
          }
          via {
            ...Named
          }
        }
      }
    }
  `,
  [named, offer],
);
export type Exposure = ResultOf<typeof exposureQuery>["exposure"];
