import type { CombinedError } from "@urql/core";
import type { ComponentChildren } from "preact";
import type { Query } from "../api/use-query.ts";
import { t, word } from "../i18n/index.ts";

interface AnswerProps<Data> {
  readonly of: Query<Data>;
  /** A few grey lines of about the height that the answer will have. */
  readonly lines?: number;
  readonly children: (data: Data) => ComponentChildren;
}

/** An answer in each of its states: on its way, failed with a way to try again, or there. */
export function Answer<Data>({ of: query, lines = 6, children }: AnswerProps<Data>) {
  if (query.error !== undefined && query.data === undefined)
    return <Failure error={query.error} onRetry={query.retry} isComing={query.isComing} />;
  if (query.data === undefined) return <Loading lines={lines} />;
  return (
    <>
      {query.error !== undefined && <Failure error={query.error} onRetry={query.retry} isComing={query.isComing} />}
      <div class={query.loading ? "is-stale" : ""} aria-busy={query.loading}>
        {children(query.data)}
      </div>
    </>
  );
}

/** Grey lines in the place of an answer that is on its way. */
export function Loading({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div class="loading" role="status" data-testid="loading">
      <span class="visually-hidden">{t("loading")}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

interface FailureProps {
  readonly error: CombinedError;
  readonly onRetry: () => void;
  /** Whether it is tried again without the reader. */
  readonly isComing?: boolean;
}

/** What failed, in the reader's words, and a way to try again. */
export function Failure({ error, onRetry, isComing = false }: FailureProps) {
  const first = error.graphQLErrors[0];
  const code = first?.extensions["code"];
  return (
    <div class="failure" role="alert" data-testid="failure">
      <p class="failure-title">{t("error.title")}</p>
      <p>{typeof code === "string" ? word("error", code) : t("error.network")}</p>
      {first !== undefined && <p lang="en">{first.message}</p>}
      {typeof code === "string" && <p class="note">{t("error.code", { code })}</p>}
      {isComing && <p class="note">{t("retry.coming")}</p>}
      <button type="button" class="button" onClick={onRetry}>
        {t("retry")}
      </button>
    </div>
  );
}

/** A place where nothing is, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty" data-testid="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
