import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Named } from "../api/fragments.ts";
import type { VariablesOf } from "../api/graphql.ts";
import { searchQuery } from "../api/structure.ts";
import { useQuery } from "../api/use-query.ts";
import { t } from "../i18n/index.ts";
import { sourcesLast } from "../state/hits.ts";
import { label } from "../state/labels.ts";
import { KindIcon, Name } from "./name.tsx";

export type SearchKinds = NonNullable<VariablesOf<typeof searchQuery>["kinds"]>;

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly kinds: SearchKinds | null;
  readonly onPick: (entity: Named) => void;
  readonly testId: string;
  /** Whether the `/` key leads here. */
  readonly isMain?: boolean;
  readonly hasFocus?: boolean;
}

const WAIT_MS = 180;
const SHOWN = 12;
const FETCHED = 40;

/** Finds an entity by name, alias, code or id: a box with a list, for mouse and keyboard. */
export function SearchBox(props: SearchBoxProps) {
  const { label: title, placeholder, kinds, onPick, testId, isMain = false, hasFocus = false } = props;
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const asked = useSettled(text.trim());
  const hits = useQuery(searchQuery, asked === "" ? null : { text: asked, kinds, first: FETCHED });
  const found = useMemo(() => sourcesLast(hits.data?.search ?? []).slice(0, SHOWN), [hits.data]);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  useEffect(() => {
    if (hasFocus) input.current?.focus();
  }, [hasFocus]);

  const pick = (entity: Named | undefined): void => {
    if (entity === undefined) return;
    setText("");
    setOpen(false);
    onPick(entity);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter") pick(found[active]?.entity);
    else if (event.key === "Escape" && text !== "") setText("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isListed = isOpen && asked !== "";
  return (
    <div class="search">
      <input
        ref={input}
        class="input"
        type="text"
        inputMode="search"
        role="combobox"
        aria-label={title}
        aria-expanded={isListed}
        aria-controls={list}
        aria-activedescendant={isListed && found[active] !== undefined ? `${list}-${active}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        placeholder={placeholder}
        value={text}
        data-testid={testId}
        {...(isMain ? { "data-main-search": "" } : {})}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isListed && (
        <div class="search-list" id={list} role="listbox" aria-label={title} data-testid={`${testId}-results`}>
          {found.map(({ entity }, index) => (
            <div
              key={entity.id}
              id={`${list}-${index}`}
              class="search-hit"
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(entity);
              }}
            >
              <KindIcon kind={entity.kind} />
              <span class="search-name">
                <Name of={entity} />
                {entity.aliases.length > 0 && <small>{entity.aliases.slice(0, 3).join(t("listSeparator"))}</small>}
              </span>
              <small>
                {label("kind", entity.kind)}
                {"country" in entity && typeof entity.country === "string" ? ` · ${entity.country}` : ""}
              </small>
            </div>
          ))}
          {found.length === 0 && (
            <p class="search-note" role="status">
              {hits.error !== undefined
                ? t("error.title")
                : hits.loading
                  ? t("loading")
                  : t("search.none", { text: asked })}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/** The value once it has stayed the same for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === "" ? 0 : WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
