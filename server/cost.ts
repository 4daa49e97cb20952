import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Context } from "./context.ts";
import { publicError } from "./errors.ts";
import { fragmentsOf } from "./fragments.ts";
import { LIMITS } from "./guard.ts";

/** Entries of a list of an answer that does not say how many it wants. */
const DEFAULT_SIZE = 20;
/** Entries of a list without a size in each entry of another: offers of an item, sources of a fact, items of a path. */
const FEW = 2;

/** An operation as it is about to run. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * How many nodes an operation may bring: the sizes of nested lists multiplied (`first`, `last`, the length of `ids`; 20 for
 * a list that says none, 2 for one that takes none in each entry of another), summed over all its lists. Questions about the
 * schema itself cost nothing.
 * Each fragment is gone through once, however often it is spread; the document must be valid (no fragment spreads itself).
 */
export function costOf({ schema, document, operationName, variables }: Operation): number {
  const operation = getOperationAST(document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation || !type) return 0;
  return new Estimate(schema, document, withDefaults(operation, variables)).whole(type.name, operation.selectionSet);
}

/** Refuses, before it runs, what may bring more nodes than `LIMITS.cost`; the message says how many. */
export function guardCost(): Plugin<Context> {
  /** Of operations without variables, by their place in the document: documents are kept. */
  const known = new WeakMap<OperationDefinitionNode, number>();
  const costOnce = (args: ExecutionArgs): number => {
    const operation = getOperationAST(args.document, args.operationName);
    const isFixed = operation != null && (operation.variableDefinitions ?? []).length === 0;
    const before = isFixed ? known.get(operation) : undefined;
    if (before !== undefined) return before;
    const cost = costOf({ ...args, variables: args.variableValues ?? {} });
    if (isFixed) known.set(operation, cost);
    return cost;
  };
  const refused = (args: ExecutionArgs): GraphQLError | null => {
    const cost = costOnce(args);
    if (cost <= LIMITS.cost) return null;
    const text = `The operation may bring ${cost} nodes, its nested lists multiplied; at most ${LIMITS.cost} are answered. Ask for fewer with \`first\`, or for fewer lists in one another.`;
    return publicError("QUERY_TOO_COMPLEX", text);
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const error = refused(args);
      if (error !== null) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const error = refused(args);
      if (error !== null) setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** Nodes that a selection brings: `fixed` of them, and those of each entry of its lists whose size is not known yet. */
interface Cost {
  readonly fixed: number;
  /** Of lists whose size a field around them takes as its argument. */
  readonly paged: number;
  /** Of lists that take no size. */
  readonly unsized: number;
}

class Estimate {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Cost>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = fragmentsOf(document);
  }

  whole(typeName: string, selections: SelectionSetNode): number {
    return total(this.#of(typeName, selections), DEFAULT_SIZE, DEFAULT_SIZE);
  }

  #of(typeName: string, { selections }: SelectionSetNode): Cost {
    let [fixed, paged, unsized] = [0, 0, 0];
    for (const selection of selections) {
      const cost =
        selection.kind === Kind.FIELD
          ? this.#ofField(typeName, selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.#of(selection.typeCondition?.name.value ?? typeName, selection.selectionSet)
            : this.#ofFragment(selection.name.value);
      fixed += cost.fixed;
      paged += cost.paged;
      unsized += cost.unsized;
    }
    return { fixed, paged, unsized };
  }

  #ofFragment(name: string): Cost {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const cost = fragment ? this.#of(fragment.typeCondition.name.value, fragment.selectionSet) : NOTHING;
    this.#known.set(name, cost);
    return cost;
  }

  #ofField(typeName: string, node: FieldNode): Cost {
    const field = this.#field(typeName, node.name.value);
    if (field === undefined || node.selectionSet === undefined) return NOTHING;
    const named = getNamedType(field.type);
    if (!isCompositeType(named)) return NOTHING;
    const within = this.#of(named.name, node.selectionSet);
    const size = this.#size(field, node);
    if (!isListType(getNullableType(field.type)))
      return size === null ? within : { ...NOTHING, fixed: total(within, size, DEFAULT_SIZE) };
    const entry = 1 + total(within, FEW, FEW);
    if (size !== null) return { ...NOTHING, fixed: size * entry };
    return PAGED.has(field.name) ? { ...NOTHING, paged: entry } : { ...NOTHING, unsized: entry };
  }

  #field(typeName: string, name: string): GraphQLField<unknown, unknown> | undefined {
    const type = this.#schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  }

  /** How many entries the field is asked for; null where it takes no size. What the resolver would refuse is bounded. */
  #size({ args }: GraphQLField<unknown, unknown>, node: FieldNode): number | null {
    const asked = args.filter(({ name }) => SIZES.has(name));
    if (asked.length === 0) return null;
    const sizes = asked.map(({ name, defaultValue }) => {
      const given = node.arguments?.find((each) => each.name.value === name)?.value;
      const value = (given && this.#value(given)) ?? defaultValue;
      return Array.isArray(value) ? value.length : typeof value === "number" ? value : null;
    });
    const known = sizes.filter((size) => size !== null);
    return known.length === 0 ? DEFAULT_SIZE : Math.min(Math.max(0, ...known), LIMITS.page);
  }

  #value(node: ValueNode): unknown {
    return node.kind === Kind.VARIABLE ? this.#variables[node.name.value] : valueFromASTUntyped(node, this.#variables);
  }
}

function total({ fixed, paged, unsized }: Cost, page: number, other: number): number {
  return fixed + page * paged + other * unsized;
}

const NOTHING: Cost = { fixed: 0, paged: 0, unsized: 0 };
/** Arguments that say how many entries come. */
const SIZES: ReadonlySet<string> = new Set(["first", "last", "ids"]);
/** Lists whose size a field around them takes as its argument. */
const PAGED: ReadonlySet<string> = new Set([
  ...["edges", "nodes", "relationships", "paths"],
  ...["gaps", "failures", "items", "losses", "stops", "candidates"],
]);

function withDefaults(operation: OperationDefinitionNode, given: Readonly<Record<string, unknown>>) {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return { ...Object.fromEntries(defaults), ...given };
}
