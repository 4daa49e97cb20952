import { graphql, type ResultOf } from "./graphql.ts";

/** Enough of any entity to name it. */
export const named = graphql(`
  fragment Named on Entity {
    __typename
    id
    kind
    name
    nameEn
  }
`);
export type Named = ResultOf<typeof named>;

/** A document, as the reader is shown it. */
export const document = graphql(`
  fragment Document on Source {
    id
    nameEn
    title
    titleEn
    publisher
    date
    url
    licence
  }
`);
export type Document = ResultOf<typeof document>;

/** An offer: who, how much, how mature. */
export const offer = graphql(
  `
    fragment OfferRow on Offer {
      id
      share
      shareBasis
      level
      readiness
      originCountry
      cost
      leadTimeDays
      assertion
      provider {
        ...Named
        ... on Firm {
          country
          region
        }
        ... on Jurisdiction {
          code
        }
      }
    }
  `,
  [named],
);
export type OfferRow = ResultOf<typeof offer>;

/** A graph to draw. */
export const drawing = graphql(`
  fragment Drawing on Subgraph {
    nodes {
      id
      kind
      name
      nameEn
      country
      category
      marks
      depth
    }
    edges {
      id
      type
      from
      to
      marks
    }
  }
`);
export type Drawing = ResultOf<typeof drawing>;

/** Under which rules an answer was computed. */
export const appliedPolicy = graphql(`
  fragment Applied on AppliedPolicy {
    restricted
    ownership
    ownershipThreshold
    basis
    minReadiness
    minShare
    unknownShare
    unknownSupply
    unknownOrigin
    maxTier
    assumed
    home
    localRegions
  }
`);

export const coverage = graphql(`
  fragment Covered on Coverage {
    items
    surveyed
    offers
    offersWithShare
    assumed
  }
`);
export type Covered = ResultOf<typeof coverage>;

/** A resource that works on something, and where that is said. */
export const resource = graphql(
  `
    fragment ResourceRow on ResourceMatch {
      scope
      resource {
        ...Named
      }
      via {
        ...Named
      }
      relationship {
        id
        type
        assertion
        locator
        statement
        statementEn
        sources {
          ...Document
        }
      }
    }
  `,
  [named, document],
);
export type ResourceRow = ResultOf<typeof resource>;
