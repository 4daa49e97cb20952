import type { Named } from "../api/fragments.ts";
import { navigate } from "../state/view.ts";
import { Name } from "./name.tsx";

/** Items as links that select them. */
export function ItemLinks({ items, separator }: { readonly items: readonly Named[]; readonly separator: string }) {
  return (
    <>
      {items.map((item, index) => (
        <span key={item.id}>
          <span class="item-link">
            <button type="button" class="link" onClick={() => navigate({ selected: item.id })}>
              <Name of={item} />
            </button>
            {index < items.length - 1 && separator.trimEnd()}
          </span>
          {index < items.length - 1 && separator.endsWith(" ") && " "}
        </span>
      ))}
    </>
  );
}
