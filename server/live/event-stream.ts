/**
 * The items of a generator as a stream that can be ended from outside at any time, also before it was begun or while it
 * waits: `onEnd` is called once, however it ends. `begin` gets the signal of that end.
 */
export function eventStream<Item>(
  begin: (ended: AbortSignal) => AsyncGenerator<Item>,
  onEnd: () => void,
): AsyncIterableIterator<Item> & { end(): void } {
  const abort = new AbortController();
  const items = begin(abort.signal);
  const end = (): void => {
    if (abort.signal.aborted) return;
    abort.abort();
    onEnd();
  };
  return {
    async next() {
      if (abort.signal.aborted) return { done: true, value: undefined };
      try {
        const result = await items.next();
        if (result.done === true) end();
        return result;
      } catch (error) {
        if (abort.signal.aborted) return { done: true, value: undefined };
        end();
        throw error;
      }
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
