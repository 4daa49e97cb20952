import { document, drawing, named } from "./fragments.ts";
import { graphql } from "./graphql.ts";

/** What is around an entity. */
export const neighborhoodQuery = graphql(
  `
    query Neighborhood($id: ID!, $types: [RelationshipType!], $first: Int) {
      neighborhood(id: $id, depth: 1, types: $types, first: $first) {
        truncated
        version
        subgraph {
          ...Drawing
        }
      }
    }
  `,
  [drawing],
);

/** The shortest connections between two entities. */
export const pathsQuery = graphql(
  `
    query Paths($from: ID!, $to: ID!, $maxLength: Int, $first: Int) {
      paths(from: $from, to: $to, maxLength: $maxLength, first: $first) {
        truncated
        paths {
          nodes {
            ...Named
          }
          relationships {
            id
            type
            statement
            statementEn
            assertion
            locator
            sources {
              ...Document
            }
          }
        }
        subgraph {
          ...Drawing
        }
      }
    }
  `,
  [drawing, named, document],
);
