import { type DocumentNode, visit } from "graphql";
import type { Plugin } from "graphql-yoga";
import { INTROSPECTION, refusalFor } from "./access/rules.ts";
import type { Context } from "./context.ts";

/** Answers questions about the schema only to callers whose role allows them. */
export function guardIntrospection(): Plugin<Context> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      if (!asksForSchema(args.document)) return;
      const refused = refusalFor(args.contextValue.caller, INTROSPECTION);
      if (refused !== null) setResultAndStopExecution({ errors: [refused] });
    },
  };
}

/** Documents are parsed once and kept. */
const known = new WeakMap<DocumentNode, boolean>();

function asksForSchema(document: DocumentNode): boolean {
  let asks = known.get(document);
  if (asks !== undefined) return asks;
  asks = false;
  visit(document, {
    Field({ name }) {
      asks ||= name.value === "__schema" || name.value === "__type";
    },
  });
  known.set(document, asks);
  return asks;
}
