import { type DocumentInput, gql } from "@urql/core";
import { graphql, type ResultOf } from "./graphql.ts";

/** What a record of each kind and type may say: what the forms are made from. */
export const formsQuery = graphql(`
  query Forms {
    ontology {
      kinds {
        kind
        properties {
          property
          name {
            zh
            en
          }
          type
          required
          description
        }
      }
      relationshipTypes {
        type
        properties {
          property
          name {
            zh
            en
          }
          type
          required
          description
        }
      }
    }
  }
`);
export type Forms = ResultOf<typeof formsQuery>["ontology"];
export type Property = Forms["kinds"][number]["properties"][number];

/** A record as it is stored, by the names of its properties; its sources as `{ id }`. */
export type Stored = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number | null };

/** The whole of a node of a kind. */
export function entityQuery(
  kind: string,
  properties: readonly Property[],
): DocumentInput<{ readonly node: Stored | null }, { readonly id: string }> {
  return gql(`query Record($id: ID!) { node(id: $id) { ... on ${kind} { ${selectionOf(properties)} } } }`);
}

/** The whole of the offer of a firm or jurisdiction for a product. */
export function offerQuery(
  properties: readonly Property[],
): DocumentInput<
  { readonly node: { readonly suppliers?: { readonly edges: readonly Stored[] } } | null },
  { readonly from: string; readonly to: string }
> {
  return gql(`query Offer($from: String!, $to: ID!) {
    node(id: $to) {
      ... on Product {
        suppliers(first: 1, where: { node: { id: { eq: $from } } }) { edges { ${selectionOf(properties)} } }
      }
    }
  }`);
}

function selectionOf(properties: readonly Property[]): string {
  const fields = properties.map(({ property }) => (property === "sources" ? "sources { id }" : property));
  return ["id", "version", ...fields].join(" ");
}

const fault = graphql(`
  fragment Fault on UserError {
    code
    message
    messageZh
    path
    currentVersion
  }
`);

export const upsertEntities = graphql(
  `
    mutation UpsertEntities($input: UpsertEntitiesInput!) {
      upsertEntities(input: $input) {
        version
        userErrors {
          ...Fault
        }
      }
    }
  `,
  [fault],
);

export const upsertRelationships = graphql(
  `
    mutation UpsertRelationships($input: UpsertRelationshipsInput!) {
      upsertRelationships(input: $input) {
        version
        userErrors {
          ...Fault
        }
      }
    }
  `,
  [fault],
);

export const deleteEntities = graphql(
  `
    mutation DeleteEntities($input: DeleteEntitiesInput!) {
      deleteEntities(input: $input) {
        version
        userErrors {
          ...Fault
        }
      }
    }
  `,
  [fault],
);

export const deleteRelationships = graphql(
  `
    mutation DeleteRelationships($input: DeleteRelationshipsInput!) {
      deleteRelationships(input: $input) {
        version
        userErrors {
          ...Fault
        }
      }
    }
  `,
  [fault],
);

export const importBatch = graphql(
  `
    mutation ImportBatch($input: ImportBatchInput!) {
      importBatch(input: $input) {
        version
        created
        updated
        unchanged
        deleted
        dataset
        nodes
        relationships
        userErrors {
          ...Fault
        }
      }
    }
  `,
  [fault],
);

/** What is wrong with what was sent, and where in it. */
export type UserError = ResultOf<typeof fault>;
