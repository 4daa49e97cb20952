import { maxAliasesPlugin } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthPlugin } from "@escape.tech/graphql-armor-max-depth";
import { maxTokensPlugin } from "@escape.tech/graphql-armor-max-tokens";
import type { Plugin } from "graphql-yoga";
import { publicError } from "./errors.ts";

/** Limits on one document. */
export const LIMITS = {
  depth: 12,
  aliases: 30,
  tokens: 1_500,
  brackets: 100,
  /** Nodes that an operation may bring, by the estimate of `costOf`. */
  cost: 10_000,
  bodyBytes: 1_000_000,
  page: 1_000,
} as const;

/** What keeps one document from costing more than it should: one list, in the order in which they act. */
export function guards(): Plugin[] {
  return [
    refuseNestedBrackets(),
    maxTokensPlugin({
      n: LIMITS.tokens,
      onReject: [refuse("is longer than", LIMITS.tokens, "tokens")],
      propagateOnRejection: false,
    }),
    maxDepthPlugin({
      n: LIMITS.depth,
      // The question of GraphiQL and of code generators is deeper; graphql-js itself refuses one that loops.
      ignoreIntrospection: true,
      flattenFragments: true,
      onReject: [refuse("is deeper than", LIMITS.depth, "levels")],
      propagateOnRejection: false,
    }),
    maxAliasesPlugin({
      n: LIMITS.aliases,
      allowList: [],
      onReject: [refuse("has more than", LIMITS.aliases, "aliases")],
      propagateOnRejection: false,
    }),
  ];
}

function refuse(problem: string, limit: number, unit: string): () => never {
  return () => {
    throw publicError("QUERY_TOO_COMPLEX", `The document ${problem} ${limit} ${unit}.`);
  };
}

/** The parser recurses before any count is reached, so nesting is bounded on the text. */
function refuseNestedBrackets(): Plugin {
  return {
    onParse({ params }) {
      const text = typeof params.source === "string" ? params.source : params.source.body;
      if (bracketDepth(text) > LIMITS.brackets) {
        throw publicError("QUERY_TOO_COMPLEX", `The document nests brackets deeper than ${LIMITS.brackets}.`);
      }
    },
  };
}

/** How deep brackets of any sort nest in a text; those inside strings count too, which only makes the limit stricter. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "{" || character === "[" || character === "(") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]" || character === ")") depth -= 1;
  }
  return deepest;
}
