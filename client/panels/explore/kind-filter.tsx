import type { Graph } from "../../canvas/drawing.ts";
import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { KindLabel } from "../name.tsx";

/** Which kinds are drawn, with how many there are of each. */
export function KindFilter({ graph }: { readonly graph: Graph }) {
  const { hiddenKinds } = view.value;
  const counts = new Map<string, number>();
  for (const { kind } of graph.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const toggle = (kind: string): void =>
    navigate({
      hiddenKinds: hiddenKinds.includes(kind) ? hiddenKinds.filter((other) => other !== kind) : [...hiddenKinds, kind],
    });
  return (
    <fieldset class="kinds" data-testid="kind-filter">
      <legend>{t("explore.kinds")}</legend>
      {[...counts].sort().map(([kind, count]) => (
        <label key={kind} class="check">
          <input type="checkbox" checked={!hiddenKinds.includes(kind)} onChange={() => toggle(kind)} />
          <KindLabel kind={kind} /> <span class="count">{count}</span>
        </label>
      ))}
    </fieldset>
  );
}
