import { inTurn } from "../turns.ts";

/** What is done before the first frame is painted: nothing is compiled yet then, and all of it takes several times as long. */
const FIRST = 3;
/** A slice may be as large as this part of what is drawn already, however long it takes. */
const SHARE = 6;
/** In many more frames than this a list does not come: each draws anew what is there already. */
const MOST = 24;
/** A slice that took less, with the frame that painted it, is followed by twice as many; one that took more by half. */
const QUICK_MS = 20;
const SLOW_MS = 40;

/**
 * Works through a list a slice at a time, each when its turn comes, so that the page answers in between and has to paint no
 * more than one slice at a time; as many in a slice as this machine does in a frame. Then, in a turn of its own, calls back.
 * What fits into the first slice is called back together with it.
 *
 * @returns how to stop before the end, after which nothing is called any more
 */
export function inSlices<T>(list: readonly T[], work: (slice: readonly T[]) => void, done: () => void): () => void {
  let giveUp = (): void => {};
  const goOn = (from: number, size: number): void => {
    const to = from + size;
    giveUp = inTurn(
      () => {
        work(list.slice(from, to));
        if (to >= list.length && from === 0) done();
      },
      (spent) => {
        if (to < list.length) goOn(to, nextSize(size, spent, to, list.length));
        else if (from > 0) giveUp = inTurn(done);
      },
    );
  };
  goOn(0, FIRST);
  return () => giveUp();
}

/** What is drawn already is drawn again with every slice, so the more is drawn, the larger is the least slice. */
function nextSize(last: number, spent: number, drawn: number, all: number): number {
  const fitting = spent < QUICK_MS ? last * 2 : spent > SLOW_MS ? Math.ceil(last / 2) : last;
  return Math.max(FIRST, fitting, Math.ceil(Math.min(drawn / SHARE, all / MOST)));
}
