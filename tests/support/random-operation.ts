import fc from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** A query with its variables; `page` names the root field where it has pages. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly page: string | null;
}

/** What differs between two stores without being an answer: when something was written, and which engine it is. */
const LEFT_OUT = new Set(["updatedAt", "UPDATED_AT", "at", "engine"]);
/** The argument that carries on behind a page. */
const AFTER = "after";
const DEEPEST = 4;
const TEXTS = ["光", "光刻机", "A", "asml", "b", "𠮷", " ", "i1", "f2", "p", "CN", "US", "泉州", "2024", "2024-03-15"];
const NUMBERS = [0, 0.05, 0.25, 0.5, 1, 2];
const DAYS = ["2020-06-01", "2024-03-15", "2025-01-01"];

/**
 * Draws any query that the schema allows: any root field and any fields of its answer down to four levels, their
 * arguments and conditions too, of values that random graphs hold. Some are refused, as they would be from anybody.
 *
 * @param ids of entities to ask about, some of which may be missing
 */
export function randomOperation(schema: GraphQLSchema, ids: readonly string[]): fc.Arbitrary<RandomOperation> {
  const roots = Object.values(schema.getQueryType()!.getFields());
  return fc.noBias(
    fc.gen().map((draw) => new Drawing(schema, ids, draw).operation(roots[draw(fc.nat, roots.length - 1)]!)),
  );
}

type Field = GraphQLField<unknown, unknown>;

class Drawing {
  readonly #schema: GraphQLSchema;
  readonly #ids: readonly string[];
  readonly #draw: fc.GeneratorValue;
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];

  constructor(schema: GraphQLSchema, ids: readonly string[], draw: fc.GeneratorValue) {
    this.#schema = schema;
    this.#ids = ids;
    this.#draw = draw;
  }

  operation(root: Field): RandomOperation {
    const hasPages = root.args.some(({ name }) => name === AFTER);
    const field = this.#field(root, 0, hasPages);
    const declared = this.#declared.length === 0 ? "" : `(${this.#declared.join(", ")})`;
    return { query: `query ${declared} { ${field} }`, variables: this.#variables, page: hasPages ? root.name : null };
  }

  #field(field: Field, depth: number, hasPages = false): string {
    const given = this.#arguments(field.args);
    if (hasPages) {
      this.#declared.push(`$${AFTER}: String`);
      given.push(`${AFTER}: $${AFTER}`);
    }
    const pageInfo = hasPages ? " pageInfo { hasNextPage endCursor }" : "";
    return `${field.name}${given.length === 0 ? "" : `(${given.join(", ")})`}${this.#selection(field.type, depth, pageInfo)}`;
  }

  #selection(output: GraphQLOutputType, depth: number, more: string): string {
    const type = getNamedType(output);
    if (!isCompositeType(type)) return "";
    // Of an interface or union either what all have or what one has: the same field twice may not differ in arguments.
    const possible = isObjectType(type) ? [] : this.#schema.getPossibleTypes(type);
    const one = possible.length > 0 && (isUnionType(type) || this.#maybe()) ? this.#one(possible) : null;
    const from = one ?? (isUnionType(type) ? null : type);
    const fields = Object.values(from?.getFields() ?? {}).filter(
      ({ name }) => !LEFT_OUT.has(name) && name !== "pageInfo",
    );
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const branches = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const chosen = [
      ...this.#some(leaves, 5),
      ...(depth < DEEPEST ? this.#some(branches, depth === 0 ? 3 : 2, 1) : []),
    ].map((field) => this.#field(field, depth + 1));
    const text = chosen.join(" ");
    const inner = one === null || text === "" ? text : `... on ${one.name} { ${text} }`;
    return ` { __typename ${inner}${more} }`;
  }

  #arguments(args: readonly GraphQLArgument[]): string[] {
    const paged = args.some(({ name }) => name === "last");
    const size = this.#maybe() || this.#maybe() ? "first" : "last";
    return args
      .filter(({ name }) => name !== AFTER && name !== "before" && !(paged && (name === "first" || name === "last")))
      .filter(({ type }) => isNonNullType(type) || this.#maybe())
      .concat(paged ? args.filter(({ name }) => name === size) : [])
      .map((argument) => {
        const variable = `v${this.#declared.length}`;
        this.#declared.push(`$${variable}: ${argument.type}`);
        this.#variables[variable] = this.#value(argument, 0);
        return `${argument.name}: $${variable}`;
      });
  }

  #value({ name, type }: GraphQLArgument | GraphQLInputField, depth: number): unknown {
    const inner: GraphQLInputType = isNonNullType(type) ? type.ofType : type;
    if (isListType(inner)) {
      const each = { name, type: inner.ofType } as GraphQLInputField;
      return Array.from({ length: this.#draw(fc.integer, { min: 0, max: 2 }) }, () => this.#value(each, depth + 1));
    }
    if (isEnumType(inner)) {
      const values = inner.getValues().map((value) => value.name);
      return this.#one(values.filter((value) => !LEFT_OUT.has(value)));
    }
    if (isInputObjectType(inner)) {
      const fields = Object.values(inner.getFields()).filter((field) => !LEFT_OUT.has(field.name));
      const needed = fields.filter((field) => isNonNullType(field.type));
      const free = fields.filter((field) => !isNonNullType(field.type));
      const chosen = depth > 3 ? [] : this.#some(free, 2, needed.length === 0 ? 1 : 0);
      return Object.fromEntries([...needed, ...chosen].map((field) => [field.name, this.#value(field, depth + 1)]));
    }
    switch (inner.name) {
      case "ID":
        return this.#one(this.#ids);
      case "Int":
        return this.#draw(fc.integer, {
          min: name === "since" ? 0 : 1,
          max: name === "first" || name === "last" ? 6 : 4,
        });
      case "Float":
        return this.#one(NUMBERS);
      case "Boolean":
        return this.#maybe();
      default:
        return name === "asOf" ? this.#one(DAYS) : this.#one([...TEXTS, ...this.#ids.slice(0, 5)]);
    }
  }

  #maybe(): boolean {
    return this.#draw(fc.boolean);
  }

  #one<Value>(values: readonly Value[]): Value {
    return values[this.#draw(fc.nat, values.length - 1)]!;
  }

  #some<Value>(values: readonly Value[], most: number, least = 0): Value[] {
    const left = [...values];
    const many = this.#draw(fc.integer, {
      min: Math.min(least, left.length),
      max: Math.min(most, left.length),
    });
    return Array.from({ length: many }, () => left.splice(this.#draw(fc.nat, left.length - 1), 1)[0]!);
  }
}
