import { appliedPolicy, coverage, drawing, named, offer } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** What stops, in which order, and how much is lost when these fail together. */
export const disruptionQuery = graphql(
  `
    query Disruption($target: ID!, $removed: [ID!]!, $policy: PolicyInput, $first: Int) {
      disruption(target: $target, removed: $removed, policy: $policy, first: $first) {
        version
        target {
          ...Named
        }
        policy {
          ...Applied
        }
        coverage {
          ...Covered
        }
        stoppedWeight
        gradedLoss {
          low
          high
        }
        outputLeft {
          low
          high
        }
        totalStops
        stops {
          tier
          step
          depth
          item {
            ...Named
          }
          firm {
            ...Named
          }
          ways {
            kind
            removedBy
            offer {
              ...OfferRow
            }
            slot {
              alternatives {
                ...Named
              }
            }
          }
        }
        totalLosses
        losses {
          depth
          stops
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
        stopPath {
          ...Named
        }
        lossPath {
          ...Named
        }
        subgraph {
          ...Drawing
        }
      }
    }
  `,
  [named, offer, drawing, appliedPolicy, coverage],
);
export type Disruption = ResultOf<typeof disruptionQuery>["disruption"];
export type Stop = Disruption["stops"][number];
export type LostWay = Stop["ways"][number];

/** Every single jurisdiction, firm and item by what its failure does. */
export const rankingQuery = graphql(
  `
    query Ranking($target: ID!, $kinds: [FailureKind!], $policy: PolicyInput, $first: Int) {
      disruptionRanking(target: $target, kinds: $kinds, policy: $policy, first: $first) {
        totalCount
        failures {
          kind
          id
          isTarget
          entity {
            ...Named
          }
          stoppedWeight
          stops
          gradedLoss {
            low
            high
          }
        }
      }
    }
  `,
  [named],
);
export type Ranking = ResultOf<typeof rankingQuery>["disruptionRanking"];
export type RankedFailure = Ranking["failures"][number];

/** The names of several entities; null where there is none. */
export const namesQuery = graphql(
  `
    query Names($ids: [ID!]!) {
      nodes(ids: $ids) {
        ...Named
      }
    }
  `,
  [named],
);
