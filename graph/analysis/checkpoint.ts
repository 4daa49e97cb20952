/** What `checkpoint` throws when the work is not wanted any more. */
export class Interrupted extends Error {}

let isUnwanted: () => boolean = () => false;

/**
 * Where work that may go on for long lets itself be ended: one call in each round of a search. As cheap as one read of
 * memory; outside `interruptible` it does nothing.
 *
 * @throws Interrupted
 */
export function checkpoint(): void {
  if (isUnwanted()) throw new Interrupted("the work was interrupted");
}

/** Runs `work`; its checkpoints end it as soon as `unwanted` says so. */
export function interruptible<Result>(unwanted: () => boolean, work: () => Result): Result {
  const before = isUnwanted;
  isUnwanted = unwanted;
  try {
    return work();
  } finally {
    isUnwanted = before;
  }
}
