import { kindIcon } from "../canvas/kinds.ts";
import { label } from "../state/labels.ts";
import { language } from "../state/view.ts";

interface Nameable {
  readonly name: string;
  readonly nameEn: string | null;
}

/** The name in the reader's language; one that exists only in Chinese is marked as such. */
export function Name({ of }: { readonly of: Nameable }) {
  return <Text text={nameText(of)} isChinese={of.nameEn === null} />;
}

/** The name as a text. */
function nameText(of: Nameable): string {
  return language.value === "en" ? (of.nameEn ?? of.name) : of.name;
}

/** A statement in the reader's language; in Chinese, marked so, where there is no other. */
export function Statement({ of }: { readonly of: { statement: string | null; statementEn: string | null } }) {
  const text = language.value === "en" ? (of.statementEn ?? of.statement) : (of.statement ?? of.statementEn);
  return <Text text={text ?? ""} isChinese={of.statementEn === null} />;
}

function Text({ text, isChinese }: { readonly text: string; readonly isChinese: boolean }) {
  return <span lang={isChinese && language.value === "en" ? "zh-CN" : undefined}>{text}</span>;
}

/** The icon of a kind; decoration beside its name. */
export function KindIcon({ kind }: { readonly kind: string }) {
  return (
    <svg class="kind-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
      <path d={kindIcon(kind)} />
    </svg>
  );
}

/** A kind by icon and name. */
export function KindLabel({ kind }: { readonly kind: string }) {
  return (
    <span class="kind-label">
      <KindIcon kind={kind} /> {label("kind", kind)}
    </span>
  );
}
