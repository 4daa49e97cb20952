import { word } from "../../i18n/index.ts";

const LOOKS: Readonly<Record<string, { readonly sign: string; readonly look: string }>> = {
  APPEARED: { sign: "+", look: "tone-danger line-solid" },
  CLOSED: { sign: "−", look: "tone-good line-solid" },
  CHANGED: { sign: "≠", look: "tone-caution line-dashed" },
  ADDED: { sign: "+", look: "tone-accent line-solid" },
  REMOVED: { sign: "−", look: "tone-muted line-dotted" },
  REPLACED: { sign: "≠", look: "tone-caution line-dashed" },
};

/** How something differs, by sign, line and word. */
export function ChangeBadge({ change }: { readonly change: string }) {
  const { sign, look } = LOOKS[change] ?? { sign: "≠", look: "tone-plain line-solid" };
  return (
    <span class={`badge ${look}`}>
      {sign} {word("diff", change)}
    </span>
  );
}
