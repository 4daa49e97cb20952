import { z } from "zod";
import { ROLES } from "../../graph/roles.ts";
import type { KeyRing } from "./api-keys.ts";
import type { Caller } from "./caller.ts";
import { cookieOf, setCookie } from "./cookies.ts";
import type { Seal } from "./seal.ts";

const COOKIE = "liantu_session";
/** Seconds after which a person signs in anew. */
const SECONDS = 12 * 60 * 60;

const begun = z.union([
  z.object({ key: z.string() }),
  z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }),
]);
/** How a session was begun: with a key, which still has to work at each request, or as a person whom the provider knows. */
export type Begun = z.infer<typeof begun>;

export interface Place {
  /** Path under which the page is reached. */
  readonly path: string;
  /** Whether people reach it by TLS. */
  readonly secure: boolean;
}

/** Who is signed in on the page: all of it stands sealed in a cookie that only this service reads. */
export interface Sessions {
  /** The cookie that begins a session. */
  begin(how: Begun, place: Place): Promise<string>;
  /** The cookie that ends it. */
  end(place: Place): string;
  /** Who the request's cookie says is signed in; null without one that holds. */
  caller(request: Request): Promise<Caller | null>;
}

export function createSessions(seal: Seal, keys: KeyRing): Sessions {
  const cookie = (value: string, seconds: number, place: Place) =>
    setCookie(COOKIE, value, { ...place, sameSite: "Strict", seconds });
  return {
    begin: async (how, place) => cookie(await seal.close("session", how, SECONDS), SECONDS, place),
    end: (place) => cookie("", 0, place),
    async caller(request) {
      const text = cookieOf(request, COOKIE);
      const how = text === null ? null : await seal.open("session", text, begun);
      if (how === null) return null;
      if (!("key" in how)) return how;
      const key = await keys.find(how.key);
      return key === null ? null : { role: key.role, id: `key:${key.prefix}`, name: key.name };
    },
  };
}
