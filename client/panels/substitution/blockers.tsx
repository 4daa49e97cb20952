import type { Substitution } from "../../api/substitution.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language, navigate, pageView } from "../../state/view.ts";
import { ItemLinks } from "../item-links.tsx";

const SHOWN_SETS = 12;

/** Where there is no plan: at what it fails, what blocks it, and the fewest items that would allow one. */
export function Blockers({ answer }: { readonly answer: Substitution }) {
  const { rootPaths, blockingItems, blockingItemsComplete, completion } = answer;
  const separator = t("listSeparator");
  return (
    <>
      <section class="summary summary-danger" data-testid="blockers">
        <h2>
          {t("plan.roots")} <span class="count">{rootPaths.length}</span>
        </h2>
        {rootPaths.length === 0 && <p>{t("none")}</p>}
        <ul class="sets">
          {rootPaths.map(({ root, path }) => (
            <li key={root.id}>
              <ItemLinks items={[...path].reverse()} separator=" → " />
            </li>
          ))}
        </ul>
        <h3 title={t("plan.blocking.hint")}>
          {t("plan.blocking")} <span class="count">{blockingItems.length}</span>
        </h3>
        <p class="note">{t("plan.blocking.hint")}</p>
        <ul class="sets">
          {blockingItems.slice(0, SHOWN_SETS).map((set) => (
            <li key={set.map((item) => item.id).join(" ")}>
              <ItemLinks items={set} separator=" + " />
            </li>
          ))}
        </ul>
        {blockingItems.length > SHOWN_SETS && (
          <p class="note">{t("showing", { n: SHOWN_SETS, m: blockingItems.length })}</p>
        )}
        {!blockingItemsComplete && <p class="note">{t("plan.blocking.incomplete")}</p>}
      </section>
      <section class="summary summary-good" data-testid="completion">
        <h2>{t("plan.completion")}</h2>
        {completion === null ? (
          <p>{t("plan.completion.none")}</p>
        ) : (
          <>
            <p>
              <strong>
                {t("plan.completion.text", {
                  n: completion.count,
                  cost: formatNumber(completion.cost, language.value),
                })}
              </strong>{" "}
              <span class="note">{completion.exact ? t("plan.completion.exact") : t("plan.completion.best")}</span>
            </p>
            <ul class="sets">
              {completion.items.map((item) => (
                <li key={item.id}>
                  <ItemLinks items={[item]} separator={separator} />
                </li>
              ))}
            </ul>
            <p>
              <button
                type="button"
                class="button"
                data-testid="plan-recruit"
                onClick={() => navigate(pageView({ view: "recruitment", budget: completion.cost }))}
              >
                {t("detail.openRecruitment")}
              </button>
            </p>
          </>
        )}
      </section>
    </>
  );
}
