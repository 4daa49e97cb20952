import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type ApiKey, apiKeyOfPrefix, apiKeys, revokeApiKey, storeApiKey } from "../../graph/queries/api-keys.ts";
import type { Role } from "../../graph/roles.ts";
import type { GraphStore } from "../../graph/store/store.ts";

/** `liantu_`, 12 digits by which the key is found, and 256 random bits. */
const FORM = /^liantu_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** A key as it is shown once: only its hash is kept. */
export interface NewKey {
  readonly key: string;
  readonly prefix: string;
}

/** Makes a key for a role and keeps its hash in the graph, where every service on that graph finds it. */
export async function createKey(
  store: GraphStore,
  { role, name, at }: { readonly role: Role; readonly name: string; readonly at: Date },
): Promise<NewKey> {
  const prefix = randomBytes(6).toString("hex");
  const key = `liantu_${prefix}_${randomBytes(32).toString("base64url")}`;
  const kept = { name, role, hash: sha256(key).toString("hex"), createdAt: at.toISOString() };
  await store.write((tx) => tx.run(storeApiKey, { prefix, key: kept }));
  return { key, prefix };
}

/** Every key ever made, without what proves it. */
export async function listKeys(store: GraphStore): Promise<Omit<ApiKey, "hash">[]> {
  const keys = await store.read(apiKeys, {});
  return keys.map(({ hash: _, ...shown }) => shown);
}

/** Withdraws a key; false where none has this prefix. Services that know the key refuse it within `KEY_MEMORY_MS`. */
export async function revokeKey(store: GraphStore, prefix: string, at: Date): Promise<boolean> {
  const { result } = await store.write((tx) => tx.run(revokeApiKey, { prefix, at: at.toISOString() }));
  return result.length > 0;
}

/** True for what has the form of a key; whether it is one, `KeyRing.verify` says. */
export function looksLikeKey(text: string): boolean {
  return FORM.test(text);
}

/** Milliseconds for which a key that was looked up is not looked up again. */
export const KEY_MEMORY_MS = 5_000;
const KEYS_REMEMBERED = 1_000;

/** The keys of a graph as a service checks them. */
export interface KeyRing {
  /** The key that this text is, or null where it is none or was withdrawn. */
  verify(text: string): Promise<ApiKey | null>;
  /** The working key of a prefix, for a session that was begun with it. */
  find(prefix: string): Promise<ApiKey | null>;
}

/** Looks keys up by their prefix and remembers those it found for a few seconds. */
export function createKeyRing(store: GraphStore, now: () => number = Date.now): KeyRing {
  const found = new Map<string, { readonly key: ApiKey; readonly until: number }>();
  const find = async (prefix: string): Promise<ApiKey | null> => {
    const remembered = found.get(prefix);
    if (remembered !== undefined && remembered.until > now()) return remembered.key;
    const [key] = await store.read(apiKeyOfPrefix, { prefix });
    found.delete(prefix);
    if (key === undefined || key.revokedAt !== null) return null;
    if (found.size >= KEYS_REMEMBERED) found.clear();
    found.set(prefix, { key, until: now() + KEY_MEMORY_MS });
    return key;
  };
  return {
    find,
    async verify(text) {
      const prefix = FORM.exec(text)?.[1];
      const key = prefix === undefined ? null : await find(prefix);
      return key !== null && timingSafeEqual(sha256(text), Buffer.from(key.hash, "hex")) ? key : null;
    },
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
