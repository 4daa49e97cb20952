/** Pieces that wait for one lane: enough that it need not wait for the reading of its next. */
const WAITING = 2;

/**
 * Works pieces off in lanes, several at a time: of each lane one after another, in the order in which they come. Reads no
 * further ahead than its lanes need. The first failure ends it, once the pieces that were begun are through.
 *
 * @param laneOf the number of a piece's lane, from 0
 */
export async function inLanes<Piece>(
  pieces: AsyncIterable<Piece>,
  laneOf: (piece: Piece) => number,
  work: (piece: Piece, lane: number) => Promise<void>,
): Promise<void> {
  const lanes = new Map<number, Promise<void>[]>();
  let failure: { readonly error: unknown } | undefined;
  const begin = async (piece: Piece, lane: number, before: Promise<void> | undefined): Promise<void> => {
    await before;
    if (failure !== undefined) return;
    await work(piece, lane).catch((error: unknown) => {
      failure ??= { error };
    });
  };
  try {
    for await (const piece of pieces) {
      if (failure !== undefined) break;
      const lane = laneOf(piece);
      const waiting = lanes.get(lane) ?? [];
      lanes.set(lane, waiting);
      waiting.push(begin(piece, lane, waiting.at(-1)));
      if (waiting.length > WAITING) await waiting.shift();
    }
  } finally {
    await Promise.all([...lanes.values()].flat());
  }
  if (failure !== undefined) throw failure.error;
}
