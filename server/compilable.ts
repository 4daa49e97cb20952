import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ListValueNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { fragmentsOf } from "./fragments.ts";

/**
 * Fields that a compiled operation may have, with those of each type that an interface stands for: each is some 2 kB of
 * code, and takes 0.15 ms to make.
 */
const MOST_FIELDS = 150;

/**
 * True where the compiled form of a query gives what graphql-js gives, holds no text of the caller's, and is made in a
 * moment. Left to graphql-js: documents with texts in them, which belong in variables; directives; questions about the
 * schema; names such as `__proto__`, which objects know already; and what becomes too large, as each use of a fragment, for
 * each type, is code of its own.
 */
export function canBeCompiled(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  let isPlain = true;
  visit(document, {
    Directive() {
      isPlain = false;
    },
    // The compiler writes arguments into code, where some texts become more than texts: graphql-jit 0.8.9, `objectStringify`.
    StringValue() {
      isPlain = false;
    },
    Name({ value }) {
      if (value.startsWith("__") && value !== "__typename") isPlain = false;
    },
  });
  const { name } = schema.getRootType(operation.operation)!;
  return isPlain && new Size(schema, document).of(name, operation.selectionSet) <= MOST_FIELDS;
}

/** The variables that stand within a list or an object of a document: graphql-js leaves out there what is not given. */
export function variablesWithin(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const within = (node: ListValueNode | ObjectValueNode): false => {
    visit(node, { Variable: ({ name }) => void names.add(name.value) });
    return false;
  };
  visit(document, { ListValue: within, ObjectValue: within });
  return [...names];
}

/** Counts the fields of a selection with those of the fragments in it; interfaces' once for each type. */
class Size {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, number>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
  }

  of(typeName: string, { selections }: SelectionSetNode): number {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields += this.#ofField(typeName, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        fields += this.of(selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
      else fields += this.#ofFragment(selection.name.value);
    }
    return fields;
  }

  #ofFragment(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const { typeCondition, selectionSet } = this.#fragments.get(name)!;
    const fields = this.of(typeCondition.name.value, selectionSet);
    this.#known.set(name, fields);
    return fields;
  }

  #ofField(typeName: string, { name, selectionSet }: FieldNode): number {
    const parent = this.#schema.getType(typeName);
    const times = isAbstractType(parent) ? this.#schema.getPossibleTypes(parent).length : 1;
    if (selectionSet === undefined) return times;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
    const type = field && getNamedType(field.type);
    return times * (1 + (isCompositeType(type) ? this.of(type.name, selectionSet) : 0));
  }
}
