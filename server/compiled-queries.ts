import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  GraphQLScalarType,
  GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type Source,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import type { Plugin } from "graphql-yoga";
import { canBeCompiled, variablesWithin } from "./compilable.ts";

/** How often graphql-js executes an operation before it is compiled: what is asked once is not worth it. */
const ASKED_BEFORE = 2;
/** For what cannot be compiled. */
const NEVER = Number.POSITIVE_INFINITY;
/** Compiled operations that are kept: some 0.3 MB of code each at most. */
const MOST_KEPT = 60;
const MOST_VARIABLE_ERRORS = 50;

interface Compiled {
  readonly run: CompiledQuery["query"];
  /** Variables that stand within a list or an object, where one that is not given is left out. */
  readonly within: readonly string[];
}

/**
 * Executes operations: one that is asked again and again by a function made of it, which lists of hundreds need (a third of
 * the processor's time of a whole answer less); all others by graphql-js. Both give the same answers: values of variables
 * are always graphql-js's, and what the compiler does in another way is not compiled (`compilable.ts`). Yoga's own executor
 * looks before each field whether the caller has gone; what takes long here, statements and analyses, is ended by the
 * request's signal.
 */
export class CompiledQueries {
  readonly #schema: GraphQLSchema;
  readonly #askedBefore: number;
  /** How often each was asked; documents are parsed once and kept. */
  readonly #asked = new WeakMap<OperationDefinitionNode, number>();
  /** The one asked last at the end. */
  readonly #compiled = new Map<OperationDefinitionNode, Compiled>();

  constructor(schema: GraphQLSchema, askedBefore = ASKED_BEFORE) {
    const config = schema.toConfig();
    this.#schema = new GraphQLSchema({ ...config, types: [...config.types, AS_COERCED] });
    this.#askedBefore = askedBefore;
  }

  plugin(): Plugin {
    const executeFn = (args: ExecutionArgs) => this.execute(args);
    return { onExecute: ({ setExecuteFn }) => setExecuteFn(executeFn) };
  }

  /** The answer of a valid document's operation, as graphql-js gives it. */
  execute(args: ExecutionArgs): Promise<ExecutionResult> | ExecutionResult {
    const { schema, document } = args;
    const operation = getOperationAST(document, args.operationName);
    const compiled = operation?.operation === OperationTypeNode.QUERY ? this.#compiledOf(document, operation) : null;
    if (compiled === null) return byGraphqlJs(args);
    const given = getVariableValues(schema, operation!.variableDefinitions ?? [], args.variableValues ?? {}, {
      maxErrors: MOST_VARIABLE_ERRORS,
    });
    if (given.errors !== undefined) return { errors: given.errors };
    const { coerced } = given;
    // The compiled form takes null where the place of its use refuses it.
    const isPlain = compiled.within.every((name) => name in coerced) && !Object.values(coerced).includes(null);
    if (!isPlain) return byGraphqlJs(args);
    const answer = compiled.run(args.rootValue, args.contextValue, coerced);
    return answer instanceof Promise ? answer.then((came) => placed(came, document)) : placed(answer, document);
  }

  /** null: the operation is left to graphql-js. */
  #compiledOf(document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
    const kept = this.#compiled.get(operation);
    if (kept !== undefined) {
      this.#keep(operation, kept);
      return kept;
    }
    const before = this.#asked.get(operation) ?? 0;
    if (before < this.#askedBefore) this.#asked.set(operation, before + 1);
    if (before !== this.#askedBefore) return null;
    const made = canBeCompiled(this.#schema, document, operation) ? compile(this.#schema, document, operation) : null;
    if (made === null) this.#asked.set(operation, NEVER);
    else this.#keep(operation, made);
    return made;
  }

  #keep(operation: OperationDefinitionNode, compiled: Compiled): void {
    this.#compiled.delete(operation);
    this.#compiled.set(operation, compiled);
    if (this.#compiled.size <= MOST_KEPT) return;
    const [oldest] = this.#compiled.keys();
    this.#compiled.delete(oldest!);
    this.#asked.delete(oldest!);
  }
}

function byGraphqlJs(args: ExecutionArgs): Promise<ExecutionResult> | ExecutionResult {
  return execute(args) as Promise<ExecutionResult> | ExecutionResult;
}

function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
  const taken: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).map(({ variable }) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: AS_COERCED.name } },
    })),
  };
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const compiled = compileQuery(
    schema,
    { ...document, definitions: [taken, ...fragments] },
    operation.name?.value,
    // An error of a field is told, not thrown: nobody reads its stack.
    { disablingCapturingStackErrors: true },
  );
  return isCompiledQuery(compiled) ? { run: compiled.query, within: variablesWithin(document) } : null;
}

/** The type that variables have for the compiler, which coerces some in another way than graphql-js: they are taken as they come. */
const AS_COERCED = new GraphQLScalarType({ name: "Coerced__", parseValue: (value) => value });

/** Errors that know their place by line and column get it as graphql-js gives it, in the document. */
function placed(answer: ExecutionResult, { loc }: DocumentNode): ExecutionResult {
  if (answer.errors === undefined || loc === undefined) return answer;
  const errors = answer.errors.map(
    (error) =>
      new GraphQLError(error.message, {
        source: loc.source,
        positions: (error.locations ?? []).map((place) => positionOf(loc.source, place)),
        path: error.path ?? null,
        originalError: error.originalError ?? null,
        extensions: error.extensions ?? null,
      }),
  );
  return { ...answer, errors };
}

function positionOf({ body }: Source, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  for (const [ended] of body.matchAll(/[^\r\n]*(?:\r\n|[\r\n])/g)) {
    if (--line === 0) break;
    start += ended.length;
  }
  return start + column - 1;
}
