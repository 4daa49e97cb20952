import type { Cause } from "../../api/compare.ts";
import { t, word } from "../../i18n/index.ts";
import { Name } from "../name.tsx";

const SHOWN = 3;

/** Why something changed: facts that the two sides see differently. */
export function Causes({ of: causes }: { readonly of: readonly Cause[] }) {
  if (causes.length === 0) return <span class="note">{t("compare.cause.none")}</span>;
  return (
    <ul class="plain-list">
      {causes.slice(0, SHOWN).map(({ kind, from, item, before, after, relationship }) => (
        <li key={relationship?.id ?? `${kind} ${from?.id} ${item.id}`}>
          {from === null ? word("causeKind", kind) : <Name of={from} />} → <Name of={item} />
          <small>
            {word("state", before)} ⇒ {word("state", after)}
          </small>
        </li>
      ))}
      {causes.length > SHOWN && <li class="note">{t("outline.more", { n: causes.length - SHOWN })}</li>}
    </ul>
  );
}
