import type { Document } from "../api/fragments.ts";
import { parseLocator, safeUrl } from "../i18n/format.ts";
import { t, word } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import { Statement, Title } from "./name.tsx";

/** Where a fact is from. */
export interface Recorded {
  readonly assertion: string;
  readonly locator: string | null;
  readonly statement: string | null;
  readonly statementEn: string | null;
  readonly sources: readonly Document[];
}

/** A place in a document, in the reader's words. */
export function placeText(locator: string): string {
  const sentence = parseLocator(locator);
  return sentence === null ? t("locator.other", { text: locator }) : t("locator.sentence", sentence);
}

/** How sure a fact is: stated, derived or assumed. */
export function AssertionBadge({ assertion }: { readonly assertion: string }) {
  const tone = assertion === "STATED" ? "tone-plain line-solid" : "tone-plain line-dashed";
  return (
    <span class={`badge ${tone}`} title={label("Assertion", assertion)}>
      {word("assertion", assertion)}
    </span>
  );
}

/** A fact's document, place, statement and assertion in a few lines. */
export function Evidence({ of }: { readonly of: Recorded }) {
  return (
    <div class="evidence">
      {(of.statement !== null || of.statementEn !== null) && (
        <p>
          <Statement of={of} />
        </p>
      )}
      <p class="evidence-place">
        <AssertionBadge assertion={of.assertion} />
        {of.sources.length === 0 && <span>{t("source.none")}</span>}
        {of.sources.map((source) => (
          <DocumentLine key={source.id} of={source} />
        ))}
        {of.locator !== null && <span>{placeText(of.locator)}</span>}
      </p>
    </div>
  );
}

/** A document in one line: title, publisher, date, and the way to it. */
function DocumentLine({ of }: { readonly of: Document }) {
  const url = safeUrl(of.url);
  const about = [of.publisher, of.date].filter((part) => part !== null).join(", ");
  return (
    <span class="document">
      {url === null ? (
        <Title of={of} />
      ) : (
        <a href={url} target="_blank" rel="noopener noreferrer">
          <Title of={of} />
        </a>
      )}
      {about !== "" && ` (${about})`}
    </span>
  );
}
