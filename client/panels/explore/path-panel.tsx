import type { pathsQuery } from "../../api/explore.ts";
import type { ResultOf } from "../../api/graphql.ts";
import { nameQuery } from "../../api/structure.ts";
import { type Query, useQuery } from "../../api/use-query.ts";
import { t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { navigate, view } from "../../state/view.ts";
import { Answer } from "../answer.tsx";
import { Name } from "../name.tsx";
import { SearchBox } from "../search-box.tsx";
import { PATH_LENGTH } from "./use-explored.ts";

/** Two ends and the shortest connections between them. */
export function PathPanel({ paths }: { readonly paths: Query<ResultOf<typeof pathsQuery>> }) {
  const { pathFrom, pathTo } = view.value;
  return (
    <section class="path-panel" data-testid="path-panel">
      <h2>{t("explore.path")}</h2>
      <PathEnd
        title={t("explore.path.from")}
        id={pathFrom}
        onPick={(id) => navigate({ pathFrom: id })}
        testId="path-from"
      />
      <PathEnd title={t("explore.path.to")} id={pathTo} onPick={(id) => navigate({ pathTo: id })} testId="path-to" />
      {pathFrom !== null && pathTo !== null && pathFrom !== pathTo && (
        <Answer of={paths} lines={2}>
          {(data) => <Found paths={data.paths.paths} />}
        </Answer>
      )}
    </section>
  );
}

interface PathEndProps {
  readonly title: string;
  readonly id: string | null;
  readonly onPick: (id: string | null) => void;
  readonly testId: string;
}

function PathEnd({ title, id, onPick, testId }: PathEndProps) {
  const { data } = useQuery(nameQuery, id === null ? null : { id });
  if (id === null)
    return (
      <SearchBox label={title} placeholder={title} kinds={null} onPick={(hit) => onPick(hit.id)} testId={testId} />
    );
  return (
    <p class="path-end" data-testid={testId}>
      <span class="note">{title}</span>{" "}
      <strong>{data?.node === null || data === undefined ? id : <Name of={data.node} />}</strong>
      <button
        type="button"
        class="chip-close"
        aria-label={`${title}: ${t("explore.path.clear")}`}
        onClick={() => onPick(null)}
      >
        ×
      </button>
    </p>
  );
}

type FoundPaths = ResultOf<typeof pathsQuery>["paths"]["paths"];

function Found({ paths }: { readonly paths: FoundPaths }) {
  if (paths.length === 0) return <p class="note">{t("explore.path.none", { n: PATH_LENGTH })}</p>;
  return (
    <>
      <p class="note">{t("explore.path.found", { n: paths.length })}</p>
      <ol class="paths" data-testid="paths">
        {paths.map((path) => (
          <li key={path.relationships.map((relationship) => relationship.id).join(" ")}>
            {path.nodes.map((node, index) => {
              const relationship = path.relationships[index - 1];
              return (
                <span key={node.id}>
                  {relationship !== undefined && <small> — {label("type", relationship.type)} — </small>}
                  <button type="button" class="link" onClick={() => navigate({ selected: node.id })}>
                    <Name of={node} />
                  </button>
                </span>
              );
            })}
          </li>
        ))}
      </ol>
    </>
  );
}
