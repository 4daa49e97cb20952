import type { Role } from "../../graph/roles.ts";

/** Who asks, as far as the service knows. */
export interface Caller {
  /** Null for those who have not said who they are. */
  readonly role: Role | null;
  /** Who it is, for the log and for what is changed: `key:PREFIX`, `user:SUBJECT`, `open` or `anonymous`. */
  readonly id: string;
  /** As a person would call them; empty where nobody is asked. */
  readonly name: string;
  /** True for those who see and reckon with nothing of internal data sets. */
  readonly publicOnly?: true;
}

/** Everybody, where nobody is asked who they are. */
export const OPEN: Caller = { role: "admin", id: "open", name: "" };

/** Somebody who has not said who they are where one is asked. */
export const ANONYMOUS: Caller = { role: null, id: "anonymous", name: "" };

/** The same where whoever comes may read what is public. */
export const PUBLIC_READER: Caller = { role: "viewer", id: "anonymous", name: "", publicOnly: true };
