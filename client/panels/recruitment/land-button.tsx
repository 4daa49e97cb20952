import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";

/** Supposes that someone has landed: everything is computed anew with them. */
export function LandButton({ id }: { readonly id: string }) {
  const { landed } = view.value;
  const isLanded = landed.includes(id);
  return (
    <button
      type="button"
      class="button"
      aria-pressed={isLanded}
      data-testid={`land-${id}`}
      onClick={() => navigate({ landed: isLanded ? landed.filter((other) => other !== id) : [...landed, id] })}
    >
      {t("recruit.land")}
    </button>
  );
}
