/** Milliseconds that work waits for connections to be taken, however many there are. */
const MOST_MS = 100;

/**
 * Takes a crowd of connections before anything is worked on for it. A turn of the event loop takes one connection, and the
 * work of many requests makes turns long: the last of a thousand would wait for half a minute.
 */
export class Crowd {
  #hasTaken = false;
  #since = 0;
  #waiting: (() => void)[] = [];

  /** A connection was taken, so others may wait. */
  taken(): void {
    this.#hasTaken = true;
  }

  /** Does the work when a turn has taken no connection, or after 100 ms; in the order in which it came. */
  settled(work: () => void): void {
    if (this.#waiting.push(work) > 1) return;
    this.#since = performance.now();
    setImmediate(() => this.#look());
  }

  #look(): void {
    if (this.#hasTaken && performance.now() - this.#since < MOST_MS) {
      this.#hasTaken = false;
      setImmediate(() => this.#look());
      return;
    }
    const works = this.#waiting;
    this.#waiting = [];
    for (const work of works) work();
  }
}
