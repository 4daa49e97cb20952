import { GraphError } from "../errors.ts";
import { compareText } from "./texts.ts";

const SHOWN = 5;

/** Ids of nodes in ascending order, with their positions, and where each came from. */
export interface NodeIds {
  readonly ids: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Row that each position came from. */
  readonly order: Int32Array;
}

/** Puts ids in order. An id given twice is a `GraphError` BAD_INPUT. */
export function orderedIds(given: readonly string[], what: string): NodeIds {
  const order = Int32Array.from(given, (_, row) => row);
  if (!isAscending(given)) order.sort((left, right) => compareText(given[left]!, given[right]!));
  const ids: string[] = [];
  for (const row of order) ids.push(given[row]!);
  const index = new Map<string, number>();
  for (let position = 0; position < ids.length; position += 1) {
    if (ids[position] === ids[position - 1])
      throw new GraphError("BAD_INPUT", `The graph defines the ${what} ${ids[position]} twice.`);
    index.set(ids[position]!, position);
  }
  return { ids, index, order };
}

function isAscending(ids: readonly string[]): boolean {
  for (let row = 1; row < ids.length; row += 1) if (ids[row - 1]! > ids[row]!) return false;
  return true;
}

/** Ids that edges name and no row defines. */
export class UnknownIds {
  readonly #found = new Set<string>();

  add(edge: string, what: string, id: string): void {
    this.#found.add(`${edge}: ${what} ${id}`);
  }

  /** Throws a `GraphError` BAD_INPUT that names the first few, if there is any. */
  refuse(): void {
    if (this.#found.size === 0) return;
    const named = [...this.#found].sort(compareText);
    const more = named.length > SHOWN ? ` and ${named.length - SHOWN} more` : "";
    throw new GraphError(
      "BAD_INPUT",
      `The graph names ids that it does not define: ${named.slice(0, SHOWN).join("; ")}${more}.`,
    );
  }
}
