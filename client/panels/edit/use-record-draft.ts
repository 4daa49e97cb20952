import { useEffect, useState } from "preact/hooks";
import type { Property, Stored } from "../../api/edit.ts";
import { type Draft, differing, draftOf, versionOf } from "./draft.ts";
import type { NewRecordDraft } from "./new-record.tsx";

/** A form's content, and the record that it began from. */
interface Kept {
  readonly draft: Draft;
  readonly base: Draft;
  /** The version of `base`; 0 = there was none. */
  readonly version: number;
  /** The document that is made with the record. */
  readonly source: NewRecordDraft | null;
}

/** What was written stays until the page is closed, wherever its reader goes meanwhile. */
const kept = new Map<string, Kept>();

export interface RecordDraft extends Kept {
  /** What somebody else has made of the record meanwhile, where that is to be decided; null where it is not. */
  readonly theirs: Draft | null;
  readonly set: (change: Partial<Pick<Kept, "draft" | "source">>) => void;
  /** Goes on from theirs with this content. */
  readonly settle: (draft: Draft) => void;
  /** What is in the form is stored, with the document that was made with it. */
  readonly saved: (draft: Draft) => void;
}

/** The draft of the record under `key`; `stored` is the record as it is now, `initial` what a new one begins with. */
export function useRecordDraft(
  key: string,
  properties: readonly Property[],
  stored: Stored | null,
  initial: Draft,
): RecordDraft {
  const now = stored === null ? null : draftOf(properties, stored);
  const version = versionOf(stored);
  const [state, setState] = useState<Kept>(
    () => kept.get(key) ?? { draft: now ?? initial, base: now ?? initial, version, source: null },
  );
  const change = (next: Kept): void => {
    if (differing(next.base, next.draft).length === 0 && next.source === null) kept.delete(key);
    else kept.set(key, next);
    setState(next);
  };
  const isOvertaken = version !== state.version;
  const theirs = isOvertaken ? (now ?? {}) : null;
  const isUntouched = differing(state.base, state.draft).length === 0;
  const isSame = theirs !== null && now !== null && differing(state.base, now).length === 0;
  const adopts = isOvertaken && now !== null && (isUntouched || isSame);
  useEffect(() => {
    if (adopts && now !== null) change({ ...state, base: now, version, draft: isUntouched ? now : state.draft });
  }, [adopts, version]);
  return {
    ...state,
    theirs: adopts ? null : theirs,
    set: (part) => change({ ...state, ...part }),
    settle: (draft) => change({ ...state, draft, base: now ?? initial, version }),
    saved: (draft) => change({ ...state, draft, base: draft, source: null }),
  };
}
