import { createHash, randomBytes } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";
import type { z } from "zod";

/** Makes texts that only this service can read or make, for what a browser keeps on its behalf. */
export interface Seal {
  /** Seals a value for a purpose and some seconds. */
  close(purpose: string, value: object, seconds: number): Promise<string>;
  /** The value of a text that was sealed for this purpose and is not too old, else null. */
  open<Value>(purpose: string, text: string, shape: z.ZodType<Value>): Promise<Value | null>;
}

/** A seal under a secret, or under a random one that lasts as long as the process. */
export function createSeal(secret: string | null): Seal {
  const key = createHash("sha256")
    .update(secret ?? randomBytes(32))
    .digest();
  return {
    close: (purpose, value, seconds) =>
      new EncryptJWT({ value })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setAudience(purpose)
        .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
        .encrypt(key),
    async open(purpose, text, shape) {
      try {
        const { payload } = await jwtDecrypt(text, key, {
          audience: purpose,
          requiredClaims: ["exp"],
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return shape.parse(payload["value"]);
      } catch {
        return null;
      }
    },
  };
}
