import { useState } from "preact/hooks";
import type { Structure } from "../../api/structure.ts";
import { type Key, t } from "../../i18n/index.ts";
import { label } from "../../state/labels.ts";
import { navigate } from "../../state/view.ts";
import { KindIcon, Name, Statement } from "../name.tsx";

const GROUPS = [
  "institutes",
  "talentTeams",
  "projects",
  "policies",
  "funds",
  "banks",
  "ipServices",
  "events",
] as const satisfies readonly (keyof Structure)[];

const SHOWN = 8;

type Resource = Structure[(typeof GROUPS)[number]][number];

/** What can work on a gap: research, talent, projects, policies, money, services. */
export function Resources({ structure }: { readonly structure: Structure }) {
  return (
    <section class="section">
      <h2>{t("structure.resources")}</h2>
      <div class="resources" data-testid="resources">
        {GROUPS.map((group) => (
          <ResourceGroup key={group} title={`structure.${group}`} resources={structure[group]} />
        ))}
      </div>
    </section>
  );
}

function ResourceGroup({ title, resources }: { readonly title: Key; readonly resources: readonly Resource[] }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? resources : resources.slice(0, SHOWN);
  return (
    <section class="resource-group">
      <h3>
        {t(title)} <span class="count">{resources.length}</span>
      </h3>
      {resources.length === 0 && <p class="note">{t("none")}</p>}
      <ul class="plain-list">
        {shown.map((resource) => (
          <li key={resource.id}>
            <button type="button" class="resource" onClick={() => navigate({ source: resource.id })}>
              <KindIcon kind={resource.kind} />
              <span>
                <span class="resource-name">
                  <Name of={resource} /> <ResourceNote of={resource} />
                </span>
                <span class="note">
                  <Statement of={resource} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {resources.length > SHOWN && (
        <button type="button" class="link" onClick={() => setAll(!isAll)}>
          {isAll ? t("structure.less") : t("structure.more", { n: resources.length - SHOWN })}
        </button>
      )}
    </section>
  );
}

function ResourceNote({ of }: { readonly of: Resource }) {
  if ("projectStatus" in of && of.projectStatus !== null)
    return <span class="badge tone-plain line-solid">{label("ProjectStatus", of.projectStatus)}</span>;
  if ("status" in of && of.status !== null)
    return <span class="badge tone-plain line-solid">{label("InstituteStatus", of.status)}</span>;
  if ("documentNumber" in of && of.documentNumber !== null) return <small lang="zh-CN">{of.documentNumber}</small>;
  if ("date" in of && of.date !== null) return <small>{of.date}</small>;
  return null;
}
