import { appliedPolicy, coverage, drawing, named } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** Whom to recruit within a budget, what each closes, and what remains once some have landed. */
export const recruitmentQuery = graphql(
  `
    query Recruitment(
      $target: ID!
      $budget: Float!
      $policy: PolicyInput
      $kinds: [CandidateKind!]
      $with: [ID!]
      $first: Int
    ) {
      recruitment(target: $target, budget: $budget, policy: $policy, kinds: $kinds, with: $with, first: $first) {
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
        budget
        availableBefore
        availableLanded
        availableAfter
        cost
        strategy
        exact
        totalCount
        landed {
          ...Pick
        }
        picks {
          ...Pick
        }
        candidates {
          ...Candidate
        }
        remaining {
          types
          possible
          necessity
          tier
          score {
            low
            high
          }
          item {
            ...Named
          }
        }
        subgraph {
          ...Drawing
        }
      }
    }
    fragment Candidate on RecruitmentCandidate {
      id
      kind
      cost
      costKnown
      entity {
        ...Named
        ... on Firm {
          country
          region
        }
      }
      gain {
        restored
        potential {
          low
          high
        }
      }
      items {
        necessity
        blocked
        readiness
        item {
          ...Named
        }
      }
    }
    fragment Pick on RecruitmentPick {
      candidate {
        ...Candidate
      }
      gain {
        restored
        potential {
          low
          high
        }
      }
      cumulativeCost
      unblocks {
        ...Named
      }
      closes {
        types
        whole
        item {
          ...Named
        }
      }
    }
  `,
  [named, drawing, appliedPolicy, coverage],
);
export type Recruitment = ResultOf<typeof recruitmentQuery>["recruitment"];
export type Pick = Recruitment["picks"][number];
export type Candidate = Recruitment["candidates"][number];
export type RemainingGap = Recruitment["remaining"][number];
