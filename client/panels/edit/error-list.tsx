import type { UserError } from "../../api/edit.ts";
import { t, word } from "../../i18n/index.ts";
import { language } from "../../state/view.ts";

/** What is wrong, in the reader's words where there are some, and the service's own with the remedy. */
export function ErrorList({ id, errors }: { readonly id?: string; readonly errors: readonly UserError[] }) {
  if (errors.length === 0) return null;
  return (
    <span class="field-errors" id={id} data-testid="user-error">
      {errors.map((error) => (
        <span key={`${error.path} ${error.message}`} class="field-error">
          <ErrorText code={error.code} message={error.message} />
        </span>
      ))}
    </span>
  );
}

/** One error in a line. */
export function ErrorText({ code, message }: { readonly code: string; readonly message: string }) {
  const known = word("fault", code);
  const isNamed = language.value === "zh" && known !== code;
  return (
    <>
      {isNamed && `${known}${t("colon")}`}
      <bdi lang="en">{message}</bdi>
    </>
  );
}
