/**
 * Works through a list a slice at a time, the first at once and each other in a task of its own, so that the page answers and
 * paints in between; then calls back. What fits into one slice is done, and called back, before this returns.
 *
 * @returns how to stop before the end, after which nothing is called any more
 */
export function inSlices<T>(
  list: readonly T[],
  size: number,
  work: (slice: readonly T[]) => void,
  done: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goOn = (from: number): void => {
    work(list.slice(from, from + size));
    if (from + size >= list.length) done();
    else timer = setTimeout(() => goOn(from + size));
  };
  goOn(0);
  return () => clearTimeout(timer);
}
