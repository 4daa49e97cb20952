/** Records of a piece: enough that the step from piece to piece costs little, and few enough to be held. */
const ROWS = 256;

/** What comes one by one, in pieces. */
export async function* inPieces<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let piece: Item[] = [];
  for await (const item of items) {
    piece.push(item);
    if (piece.length < ROWS) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
