import type { TargetedSubmitEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t, word } from "../i18n/index.ts";
import { mustSignIn, providerAddress, session, signIn, signOut } from "../state/session.ts";
import { Empty } from "./answer.tsx";

/** Who is signed in, with the role, and the way out; nothing where nobody is asked. */
export function Account() {
  const { asked = false, name = "", role = null } = session.value ?? {};
  const [failed, setFailed] = useState(false);
  if (!asked || role === null) return null;
  const shown = [name, word("role", role)].filter((text) => text !== "").join(" · ");
  const leave = (): void => {
    signOut().then(
      () => location.reload(),
      () => setFailed(true),
    );
  };
  return (
    <>
      <span class="account" data-testid="account">
        {shown}
      </span>
      <button type="button" class="head-button" data-testid="sign-out" onClick={leave}>
        <span aria-live="polite">{t(failed ? "session.failed" : "session.signOut")}</span>
      </button>
    </>
  );
}

/** What is in the place of a view until somebody signs in: a dialog that asks for a key, and a way to open it again. */
export function SignIn() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (mustSignIn.value && dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <>
      <Empty title={t("session.needed")}>
        <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
          {t("session.signIn")}
        </button>
      </Empty>
      <dialog ref={dialog} class="dialog" aria-labelledby="sign-in-title" data-testid="sign-in">
        <h2 id="sign-in-title">{t("session.signIn")}</h2>
        <KeyForm />
        {session.value?.oidc === true && (
          <p>
            <a class="button" href={providerAddress()} data-testid="sign-in-oidc">
              {t("session.oidc")}
            </a>
          </p>
        )}
        <form method="dialog">
          <button type="submit" class="link">
            {t("close")}
          </button>
        </form>
      </dialog>
    </>
  );
}

function KeyForm() {
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get("key");
    setBusy(true);
    const code = await signIn(String(key ?? ""));
    if (code === null) location.reload();
    else setRefused(code);
    setBusy(false);
  };
  return (
    <form class="sign-in" onSubmit={(event) => void submit(event)}>
      <label>
        {t("session.key")}
        <input
          class="input"
          type="password"
          name="key"
          required
          autocomplete="current-password"
          aria-describedby="sign-in-hint"
          data-testid="sign-in-key"
        />
      </label>
      <p id="sign-in-hint" class="note">
        {t("session.hint")}
      </p>
      {refused !== null && (
        <p class="sign-in-refused" role="alert" data-testid="sign-in-refused">
          {refused === "UNAUTHENTICATED" ? t("session.wrong") : word("error", refused)}
        </p>
      )}
      <button type="submit" class="button" disabled={busy} data-testid="sign-in-submit">
        {t("session.signIn")}
      </button>
    </form>
  );
}
