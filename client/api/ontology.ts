import { graphql } from "./graphql.ts";

/** The names of all that the graph may hold. */
export const ontologyQuery = graphql(`
  query Ontology {
    ontology {
      kinds {
        kind
        name {
          zh
          en
        }
      }
      relationshipTypes {
        type
        name {
          zh
          en
        }
      }
      enums {
        enum
        values {
          value
          name {
            zh
            en
          }
        }
      }
      marks {
        mark
        name {
          zh
          en
        }
      }
    }
  }
`);
