import { isKnownMark, MARK_LOOKS } from "../canvas/marks.ts";
import { word } from "../i18n/index.ts";
import { label } from "../state/labels.ts";

/** A mark as on the canvas: the colour and line of the border, and its name. */
export function Badge({ mark }: { readonly mark: string }) {
  const look = isKnownMark(mark) ? MARK_LOOKS[mark] : null;
  return <span class={`badge tone-${look?.tone ?? "plain"} line-${look?.line ?? "solid"}`}>{label("mark", mark)}</span>;
}

const GAP_LOOKS: Readonly<Record<string, string>> = {
  CHOKEPOINT: "tone-danger line-double",
  MISSING: "tone-danger line-dotted",
  DEPENDENT: "tone-warn line-dashed",
  SINGLE_SOURCE: "tone-caution line-double",
  SINGLE_JURISDICTION: "tone-caution line-dashed",
  CONCENTRATED: "tone-caution line-solid",
  NOT_LOCAL: "tone-plain line-solid",
  UNSURVEYED: "tone-muted line-dotted",
  UNRECORDED_SOURCE: "tone-muted line-dotted",
};

/** A type of gap, by colour, line and name. */
export function GapBadge({ type, isPossible = false }: { readonly type: string; readonly isPossible?: boolean }) {
  return (
    <span class={`badge ${GAP_LOOKS[type] ?? "tone-plain line-solid"}`}>
      {word("gap", type)}
      {isPossible ? "?" : ""}
    </span>
  );
}
