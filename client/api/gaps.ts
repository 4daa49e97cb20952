import { appliedPolicy, coverage, document, drawing, named, offer, resource } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

/** The gaps of a target; the first page of `first`, with how many there are. */
export const gapsQuery = graphql(
  `
    query Gaps($target: ID!, $policy: PolicyInput, $first: Int) {
      gaps(target: $target, policy: $policy, first: $first) {
        version
        verdict
        freeToTier
        totalCount
        target {
          ...Named
        }
        policy {
          ...Applied
        }
        coverage {
          ...Covered
        }
        gaps {
          ...GapRow
        }
        unrecorded {
          ...GapRow
        }
        subgraph {
          ...Drawing
        }
      }
    }
    fragment GapRow on Gap {
      item {
        ...Named
        category
      }
      types
      possible
      necessity
      shortfall {
        low
        high
      }
      score {
        low
        high
      }
      tier
      depth
      orphan
      unfunded
      factors {
        grade {
          low
          high
        }
        share {
          low
          high
        }
        offer {
          ...OfferRow
        }
      }
      roots {
        ...Named
      }
      path {
        ...Named
      }
      admissibleOffers {
        ...OfferRow
      }
      restrictedOffers {
        ...OfferRow
      }
      unusableOffers {
        ...OfferRow
      }
      resources {
        ...ResourceRow
      }
    }
  `,
  [named, offer, drawing, appliedPolicy, coverage, resource],
);
export type GapReport = ResultOf<typeof gapsQuery>["gaps"];
export type GapRow = GapReport["gaps"][number];

/** Where the offers of an item are recorded, by the relationship's id. */
export const evidenceQuery = graphql(
  `
    query Evidence($item: ID!) {
      node(id: $item) {
        __typename
        ... on Product {
          id
          suppliers(first: 100) {
            edges {
              id
              assertion
              locator
              statement
              statementEn
              sources {
                ...Document
              }
            }
          }
        }
      }
    }
  `,
  [document],
);

/** Localisation rate 国产化率 of an item, firm or chain. */
export const localizationQuery = graphql(
  `
    query Localization($target: ID!, $policy: PolicyInput) {
      localization(target: $target, policy: $policy) {
        basis
        rate {
          low
          high
        }
        categoryCoverage {
          withDomestic
          total
          ratio
        }
        coverage {
          ...Covered
        }
      }
    }
  `,
  [coverage],
);
export type Localization = ResultOf<typeof localizationQuery>["localization"];
