import { type Bounds, formatBounds, formatNumber, formatPercent } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { language } from "../state/view.ts";

interface MeterProps {
  readonly bounds: Bounds;
  /** What a full bar stands for. */
  readonly max: number;
  readonly tone: "danger" | "good" | "accent";
  readonly label: string;
}

const WIDTH = 100;

/** An interval as a bar: filled to its low bound, hatched from there to its high one, and in figures. */
export function Meter({ bounds, max, tone, label }: MeterProps) {
  const text = formatBounds(bounds, (value) =>
    max === 1 ? formatPercent(value, language.value) : formatNumber(value, language.value, 0),
  );
  const at = (value: number): number => (Math.min(Math.max(value, 0), max) / max) * WIDTH;
  const low = at(bounds.low);
  return (
    <span class={`meter meter-${tone}`}>
      <svg
        class="meter-bar"
        viewBox={`0 0 ${WIDTH} 8`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label} ${text}`}
      >
        <rect class="meter-ground" width={WIDTH} height="8" />
        <rect class="meter-sure" width={low} height="8" />
        <rect class="meter-open" x={low} width={Math.max(at(bounds.high) - low, 0)} height="8" />
      </svg>
      <span class="meter-text">{text}</span>
    </span>
  );
}

/** A share as recorded, or that it is unknown. */
export function Share({ share, basis }: { readonly share: number | null; readonly basis: string | null }) {
  if (share === null)
    return (
      <span class="unknown" title={t("unknown.long")}>
        {t("offer.share.unknown")}
      </span>
    );
  return <span title={basis ?? undefined}>{formatPercent(share, language.value)}</span>;
}
