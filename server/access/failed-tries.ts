import { isIPv6 } from "node:net";

/** How many wrong keys or tokens an address may send in a minute before it is asked to wait. */
export const TRIES = { limit: 20, windowMs: 60_000 } as const;
const ADDRESSES = 10_000;

/** Counts failed tries to say who one is, by address. */
export interface FailedTries {
  /** Seconds until this address may try again; 0 where it may now. */
  secondsToWait(address: string): number;
  record(address: string): void;
}

/** Remembers the tries of the last minute of at most 10,000 addresses; those of the longest silence go first. */
export function createFailedTries(now: () => number = Date.now): FailedTries {
  const tries = new Map<string, number[]>();
  const recent = (place: string) => (tries.get(place) ?? []).filter((at) => at > now() - TRIES.windowMs);
  return {
    secondsToWait(address) {
      const times = recent(placeOf(address));
      if (times.length < TRIES.limit) return 0;
      return Math.max(1, Math.ceil((times.at(-TRIES.limit)! + TRIES.windowMs - now()) / 1_000));
    },
    record(address) {
      const place = placeOf(address);
      const times = [...recent(place), now()].slice(-TRIES.limit);
      tries.delete(place);
      if (tries.size >= ADDRESSES) tries.delete(tries.keys().next().value!);
      tries.set(place, times);
    },
  };
}

/** One who has an IPv6 address has a whole /64 of them. */
function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail = ""] = plain.split("%")[0]!.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}
