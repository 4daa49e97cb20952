import type { UserError } from "../../api/edit.ts";
import { language } from "../../state/view.ts";

/** What is wrong with one field or with the whole, error by error. */
export function ErrorList({ id, errors }: { readonly id?: string; readonly errors: readonly UserError[] }) {
  if (errors.length === 0) return null;
  return (
    <span class="field-errors" id={id} data-testid="user-error">
      {errors.map((error) => (
        <span key={`${error.path} ${error.message}`} class="field-error">
          <ErrorText of={error} />
        </span>
      ))}
    </span>
  );
}

/** What is wrong and the remedy, in the reader's language. */
export function ErrorText({ of: error }: { readonly of: Messages }) {
  return <bdi>{messageOf(error)}</bdi>;
}

/** The sentence of the two that is in the reader's language. */
export function messageOf({ message, messageZh }: Messages): string {
  return language.value === "zh" ? messageZh : message;
}

type Messages = Pick<UserError, "message" | "messageZh">;
