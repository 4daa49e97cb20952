import type { Covered } from "../api/fragments.ts";
import { t, word } from "../i18n/index.ts";

interface VerdictProps {
  readonly title: string;
  /** Before which the dictionaries have a word for each verdict. */
  readonly words: "verdict" | "plan.verdict";
  readonly verdict: "YES" | "NO" | "UNKNOWN";
  readonly freeToTier: number | null;
  readonly coverage: Covered;
}

const TONES = { YES: "good", NO: "danger", UNKNOWN: "caution" } as const;
const SIGNS = { YES: "✓", NO: "✕", UNKNOWN: "?" } as const;

/** A verdict with its reason, how far upstream it holds, and what it rests on. */
export function VerdictLine({ title, words, verdict, freeToTier, coverage }: VerdictProps) {
  return (
    <div class={`verdict verdict-${TONES[verdict]}`} data-testid="verdict" data-verdict={verdict}>
      <p class="verdict-main">
        <span class="verdict-title">{title}</span>
        <strong>
          <span aria-hidden="true">{SIGNS[verdict]}</span> {word(words, verdict)}
        </strong>
        <span>{word("verdict", `${verdict}.why`)}</span>
        <span class="verdict-tier">{freeText(freeToTier)}</span>
      </p>
      <p class="note">
        {t("coverage")}: <CoverageText of={coverage} />
      </p>
    </div>
  );
}

/** How far upstream a target is free of restricted sources. */
export function freeText(freeToTier: number | null): string {
  if (freeToTier === null) return t("freeToAll");
  return freeToTier <= 0 ? t("freeToNone") : t("freeTo", { n: freeToTier, m: freeToTier + 1 });
}

/** On how much recorded data an answer rests. */
export function CoverageText({ of }: { readonly of: Covered }) {
  return (
    <>
      {t("coverage.text", {
        items: of.items,
        surveyed: of.surveyed,
        offers: of.offers,
        shares: of.offersWithShare,
        assumed: of.assumed,
      })}
    </>
  );
}
