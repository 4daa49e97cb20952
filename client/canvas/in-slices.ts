/**
 * Works through a list a slice at a time, the first at once and each other after a frame, in a task of its own, so that the
 * page answers in between and has to paint no more than one slice at a time; then calls back. What fits into one slice is
 * done, and called back, before this returns.
 *
 * @returns how to stop before the end, after which nothing is called any more
 */
export function inSlices<T>(
  list: readonly T[],
  size: number,
  work: (slice: readonly T[]) => void,
  done: () => void,
): () => void {
  let isStopped = false;
  const goOn = (from: number): void => {
    if (isStopped) return;
    work(list.slice(from, from + size));
    if (from + size >= list.length) done();
    else afterFrame(() => goOn(from + size));
  };
  goOn(0);
  return () => {
    isStopped = true;
  };
}

/** Where nothing is painted, as in a page that nobody looks at, nobody has to wait for it either. */
const LONGEST_FRAME_MS = 500;

function afterFrame(act: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    act();
  };
  globalThis.requestAnimationFrame?.(() => setTimeout(once));
  setTimeout(once, LONGEST_FRAME_MS);
}
