import { document, drawing, named } from "./fragments.ts";
import { graphql, type ResultOf } from "./graphql.ts";

const figure = graphql(
  `
    fragment Figure on Indicator {
      id
      name
      nameEn
      value
      unit
      unitEn
      qualifier
      period
      periodEn
      assertion
      locator
      measures(first: 3) {
        nodes {
          ...Named
        }
      }
    }
  `,
  [named],
);
export type Figure = ResultOf<typeof figure>;

/** The “235” structure with its figures and resources. */
export const structureQuery = graphql(
  `
    query Structure {
      structure {
        version
        clusters {
          ...Named
          statement
          statementEn
        }
        pillars {
          ...Named
        }
        leaders {
          ...Named
          country
          region
        }
        chains {
          ...Named
          pillars(first: 10) {
            edges {
              assertion
              node {
                ...Named
              }
            }
          }
          leaders(first: 10) {
            edges {
              assertion
              node {
                ...Named
              }
            }
          }
        }
        indicators {
          ...Figure
        }
        institutes {
          ...Named
          assertion
          statement
          statementEn
          status
        }
        talentTeams {
          ...Named
          assertion
          statement
          statementEn
          lead
        }
        projects {
          ...Named
          assertion
          statement
          statementEn
          projectStatus: status
        }
        policies {
          ...Named
          assertion
          statement
          statementEn
          documentNumber
        }
        funds {
          ...Named
          assertion
          statement
          statementEn
        }
        banks {
          ...Named
          assertion
          statement
          statementEn
        }
        ipServices {
          ...Named
          assertion
          statement
          statementEn
        }
        events {
          ...Named
          assertion
          statement
          statementEn
          date
        }
        subgraph {
          ...Drawing
        }
      }
    }
  `,
  [named, drawing, figure],
);
export type Structure = ResultOf<typeof structureQuery>["structure"];

/** An entity with where it is from: what the source drawer shows. */
export const provenanceQuery = graphql(
  `
    query Provenance($id: ID!) {
      node(id: $id) {
        ...Named
        aliases
        description
        descriptionEn
        dataset
        assertion
        locator
        statement
        statementEn
        quote
        validFrom
        validTo
        updatedAt
        sources {
          ...Document
        }
        ... on Indicator {
          value
          unit
          unitEn
          qualifier
          period
          periodEn
          basis
          basisEn
          place
          placeEn
        }
        ... on Firm {
          country
          region
          roles
          stockCode
        }
        ... on Product {
          category
          variantMode
          elementary
        }
        ... on Project {
          projectStatus: status
        }
        ... on Policy {
          issuer
          issuerEn
          documentNumber
        }
        ... on Source {
          ...Document
        }
      }
    }
  `,
  [named, document],
);
export type Provenance = NonNullable<ResultOf<typeof provenanceQuery>["node"]>;

/** What can be analysed first: the leaders and the chains. */
export const targetsQuery = graphql(
  `
    query Targets {
      structure {
        leaders {
          ...Named
        }
        chains {
          ...Named
        }
      }
    }
  `,
  [named],
);

/** The entity with this id, named. */
export const nameQuery = graphql(
  `
    query Name($id: ID!) {
      node(id: $id) {
        ...Named
      }
    }
  `,
  [named],
);

/** Entities whose names, old names, codes or id contain every word. */
export const searchQuery = graphql(
  `
    query Search($text: String!, $kinds: [Kind!], $first: Int) {
      search(text: $text, kinds: $kinds, first: $first) {
        match
        entity {
          ...Named
          aliases
          ... on Firm {
            country
          }
        }
      }
    }
  `,
  [named],
);
