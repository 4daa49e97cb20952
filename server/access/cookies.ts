/** The value of a cookie of a request, or null; of two with one name neither is taken. */
export function cookieOf(request: Request, name: string): string | null {
  const values = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0]! : null;
}

/** A cookie that no script reads. With no seconds left the browser forgets it. */
export function setCookie(
  name: string,
  value: string,
  options: {
    readonly sameSite: "Strict" | "Lax";
    readonly path: string;
    readonly seconds: number;
    readonly secure: boolean;
  },
): string {
  const { sameSite, path, seconds, secure } = options;
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
}
