import type { ResourceRow } from "../../api/fragments.ts";
import type { GapRow } from "../../api/gaps.ts";
import { t, word } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { navigate } from "../../state/view.ts";
import { Evidence } from "../evidence.tsx";
import { KindIcon, Name } from "../name.tsx";

/** Whether a resource works on the item itself or its class, rather than on something wider. */
export function isNear(scope: ResourceRow["scope"]): boolean {
  return scope === "ITEM" || scope === "CLASS";
}

/** Who works on a gap: those on the item itself first, those on wider things folded away. */
export function GapResources({ gap }: { readonly gap: GapRow }) {
  const near = gap.resources.filter(({ scope }) => isNear(scope));
  const wide = gap.resources.filter(({ scope }) => !isNear(scope));
  return (
    <section data-testid="gap-resources">
      <h4>
        {t("detail.resources")} <span class="count">{t("detail.near", { n: near.length })}</span>
      </h4>
      <span class="badges">
        {gap.orphan && (
          <span class="badge tone-caution line-dashed" title={t("gaps.orphan.long")}>
            {t("gaps.orphan")}
          </span>
        )}
        {gap.unfunded && (
          <span class="badge tone-muted line-dashed" title={t("gaps.unfunded.long")}>
            {t("gaps.unfunded")}
          </span>
        )}
      </span>
      <ul class="plain-list">
        {near.map((match) => (
          <ResourceItem key={match.relationship.id} match={match} />
        ))}
      </ul>
      {wide.length > 0 && (
        <details class="inline-details">
          <summary>{t("detail.wide", { n: wide.length })}</summary>
          <ul class="plain-list">
            {wide.map((match) => (
              <ResourceItem key={match.relationship.id} match={match} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function ResourceItem({ match }: { readonly match: ResourceRow }) {
  const { resource, relationship, scope, via } = match;
  return (
    <li class="offer">
      <div class="offer-row">
        <button type="button" class="link" onClick={() => navigate({ source: resource.id })}>
          <KindIcon kind={resource.kind} /> <Name of={resource} />
        </button>
        <span class="offer-facts">
          <span>{label("type", relationship.type)}</span>
          <span>
            {word("scope", scope)}
            {scope !== "ITEM" && (
              <>
                {" "}
                (<Name of={via} />)
              </>
            )}
          </span>
        </span>
      </div>
      <details class="inline-details">
        <summary>{t("detail.evidence")}</summary>
        <Evidence of={relationship} />
      </details>
    </li>
  );
}
