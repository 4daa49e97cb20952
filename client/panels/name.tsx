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

/** A text of a source in the reader's language; in Chinese, marked so, where there is no English. */
export function Bilingual({ zh, en }: { readonly zh: string; readonly en: string | null }) {
  return <Text text={language.value === "en" ? (en ?? zh) : zh} isChinese={en === null} />;
}

/** A document's title: in English its own, else its English name, else as it stands. */
export function Title({ of }: { readonly of: { title: string; titleEn: string | null; nameEn: string | null } }) {
  return (
    <cite>
      <Bilingual zh={of.title} en={of.titleEn ?? of.nameEn} />
    </cite>
  );
}

function Text({ text, isChinese }: { readonly text: string; readonly isChinese: boolean }) {
  // A name may hold signs that turn the direction of writing: what follows it must not turn with it.
  return <bdi lang={isChinese && language.value === "en" ? "zh-CN" : undefined}>{text}</bdi>;
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
