interface Piece {
  readonly act: () => void;
  readonly after: (spent: number) => void;
}

const waiting: Piece[] = [];
let isTaken = false;

/**
 * Does a piece of the page's heavy work when its turn comes: no more than one between two frames, whoever asks, so that none
 * of the browser's tasks holds two. It is done at once where nobody waits; then, once a frame was painted, `after` is told
 * how many milliseconds the piece and that frame took of the main thread.
 *
 * @returns how to give it up, after which nothing is called any more
 */
export function inTurn(act: () => void, after: (spent: number) => void = () => {}): () => void {
  let isGivenUp = false;
  const piece: Piece = {
    act,
    after: (spent) => {
      if (!isGivenUp) after(spent);
    },
  };
  waiting.push(piece);
  if (!isTaken) takeNext();
  return () => {
    isGivenUp = true;
    const place = waiting.indexOf(piece);
    if (place >= 0) waiting.splice(place, 1);
  };
}

function takeNext(): void {
  const piece = waiting.shift();
  isTaken = piece !== undefined;
  if (piece === undefined) return;
  const started = performance.now();
  let spent = 0;
  try {
    piece.act();
  } finally {
    spent = performance.now() - started;
    afterFrame((frame) => {
      try {
        piece.after(spent + frame);
      } finally {
        takeNext();
      }
    });
  }
}

/** Where nothing is painted, as in a page that nobody looks at, nobody has to wait for it either. */
const LONGEST_FRAME_MS = 500;

/** Calls back in a task of its own after the next frame, with the milliseconds that the frame took. */
function afterFrame(act: (spent: number) => void): void {
  let isDone = false;
  const once = (spent: number): void => {
    if (isDone) return;
    isDone = true;
    act(spent);
  };
  globalThis.requestAnimationFrame?.((begun) => setTimeout(() => once(performance.now() - begun)));
  setTimeout(() => once(0), LONGEST_FRAME_MS);
}
