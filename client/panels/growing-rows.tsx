import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { inTurn } from "../turns.ts";

/** About the rows that fill a screen. */
const STEP = 20;

interface GrowingRowsProps<Row> {
  readonly rows: readonly Row[];
  readonly children: (row: Row, index: number) => ComponentChildren;
}

/** The body of a table: the first rows at once, and so many more each time its turn comes, until all are there. */
export function GrowingRows<Row>({ rows, children }: GrowingRowsProps<Row>) {
  const [count, setCount] = useState(STEP);
  const isWhole = count >= rows.length;
  useEffect(() => (isWhole ? undefined : inTurn(() => setCount(count + STEP))), [isWhole, count]);
  return <tbody aria-busy={!isWhole}>{rows.slice(0, count).map(children)}</tbody>;
}
