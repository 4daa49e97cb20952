import { computed, signal } from "@preact/signals";

/** Who the service says is signed in. */
interface Session {
  /** Whether callers are asked who they are at all. */
  readonly asked: boolean;
  /** Whether one can sign in through an identity provider. */
  readonly oidc: boolean;
  readonly name: string;
  readonly role: "viewer" | "editor" | "admin" | null;
}

/** Null until the service has said, and where it does not answer. */
export const session = signal<Session | null>(null);

/** Whether nothing can be shown before somebody signs in. */
export const mustSignIn = computed(() => session.value?.asked === true && session.value.role === null);

/** Whether the one who looks at the page may change the graph. */
export const mayEdit = computed(() => session.value?.role === "editor" || session.value?.role === "admin");

/** Asks the service who is signed in. */
export async function loadSession(): Promise<void> {
  try {
    const response = await fetch(addressOf("session"));
    if (response.ok) session.value = (await response.json()) as Session;
  } catch {
    // The first question to the graph says what is wrong.
  }
}

/** Signs in with a key; gives the code of the refusal, or null where one is signed in. */
export async function signIn(key: string): Promise<string | null> {
  try {
    const response = await post("sign-in", { key });
    if (response.ok) return null;
    const { errors } = (await response.json()) as { readonly errors: readonly { extensions: { code: string } }[] };
    return errors[0]?.extensions.code ?? "INTERNAL";
  } catch {
    return "network";
  }
}

export async function signOut(): Promise<void> {
  await post("sign-out", {});
}

/** Where the identity provider is asked; it leads back to the present view. */
export function providerAddress(): string {
  return addressOf(`oidc?view=${encodeURIComponent(location.search.slice(1))}`);
}

function post(path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", "x-liantu-csrf": "1" };
  return fetch(addressOf(path), { method: "POST", headers, body: JSON.stringify(body) });
}

function addressOf(path: string): string {
  return new URL(`auth/${path}`, document.baseURI).href;
}
