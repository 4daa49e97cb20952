/** Says how far a command is: one line that is written over on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  update(what: string, done: number, total?: number): void;
  /** Leaves the line, so that what is written next begins on its own. */
  end(): void;
}

const TERMINAL_MS = 100;
const PLAIN_MS = 5_000;

/** Progress on a stream; silent where `quiet`. */
export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, end: () => undefined };
  const every = stream.isTTY ? TERMINAL_MS : PLAIN_MS;
  let what = "";
  let begunAt = 0;
  let begunWith = 0;
  let shownAt = performance.now();
  let isOpen = false;
  return {
    update(nowWhat, done, total) {
      const now = performance.now();
      if (nowWhat !== what) {
        what = nowWhat;
        begunAt = now;
        begunWith = done;
      }
      if (now - shownAt < every) return;
      shownAt = now;
      const line = progressLine(what, { done, doneNow: done - begunWith, ms: now - begunAt, total });
      stream.write(stream.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
      isOpen = stream.isTTY;
    },
    end() {
      if (isOpen) stream.write("\r\x1b[2K");
      isOpen = false;
    },
  };
}

/** `writing 1,200 of 5,000 rows, 400/s, 10 s left`. */
export function progressLine(
  what: string,
  at: { readonly done: number; readonly doneNow: number; readonly ms: number; readonly total: number | undefined },
): string {
  const { done, doneNow, ms, total } = at;
  const rate = ms > 0 ? (doneNow * 1_000) / ms : 0;
  const rows = total === undefined ? number(done) : `${number(done)} of ${number(total)}`;
  const parts = [`${what} ${rows} rows`];
  if (rate > 0) parts.push(`${number(Math.round(rate))}/s`);
  if (rate > 0 && total !== undefined) parts.push(`${duration((total - done) / rate)} left`);
  return parts.join(", ");
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
