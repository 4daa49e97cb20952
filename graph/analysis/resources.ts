import type { Kind, RelationshipType } from "../ontology.ts";
import { compareText } from "../projection/build.ts";
import { currentDay, firstDay, lastDay } from "../projection/days.ts";
import { type Facts, UNSTATED_END, UNSTATED_START } from "../projection/network.ts";
import type { FactRow } from "../projection/rows.ts";
import { activeUnder } from "./active.ts";
import type { Closeness, ResourceScope } from "./closeness.ts";
import { RESOURCE_SCOPES } from "./closeness.ts";
import type { Policy } from "./policy.ts";

/** The relationships by which a resource acts on something. */
export const RESOURCE_RELATIONSHIPS = [
  "RESEARCHES",
  "DEVELOPS",
  "TARGETS",
  "FUNDS",
  "SUPPORTS",
  "SERVES",
  "WORKS_AT",
] as const satisfies readonly RelationshipType[];
export type ResourceRelationship = (typeof RESOURCE_RELATIONSHIPS)[number];

/** One relationship from a resource (or a developing firm) to what it acts on. */
export interface ResourceLink extends FactRow {
  readonly type: ResourceRelationship;
  readonly resource: string;
  readonly kind: Kind;
  readonly target: string;
  readonly targetKind: Kind;
}

/** A resource that works on a gap, and how near. */
export interface ResourceMatch {
  readonly resource: string;
  readonly kind: Kind;
  /** Id of the relationship. */
  readonly relationship: string;
  readonly type: ResourceRelationship;
  readonly scope: ResourceScope;
  /** Id of what it acts on: the item, its class or variant, a stage, chain, firm …, or a project or institute that works on one. */
  readonly via: string;
}

export interface GapResources {
  readonly item: string;
  /** Nearest first, then by kind, id of the resource and of the relationship. */
  readonly matches: readonly ResourceMatch[];
  /** No institute, team, project or developing firm works on the item, its class or a variant of it. */
  readonly orphan: boolean;
  /** No fund, bank or funding policy reaches the item, its class or a variant, directly or through a project for it. */
  readonly unfunded: boolean;
}

const WORKERS: readonly Kind[] = ["Institute", "TalentTeam", "Project"];
const WORK: readonly RelationshipType[] = ["RESEARCHES", "DEVELOPS", "TARGETS"];
/** What can stand between a resource and an item that it works on. */
const INTERMEDIATE: readonly Kind[] = ["Project", "Institute"];
const NEAR: readonly ResourceScope[] = ["ITEM", "CLASS"];

/**
 * Who works on each gap. A link counts where it acts on something near the item (`closeness`), or on a project or
 * institute that works on the item, its class or a variant: then with that one's scope. Whether a gap is `orphan` or
 * `unfunded` is judged on ITEM and CLASS alone: a policy for the whole chain, or work on a part of the item, does not
 * hide that nobody works on it. Gaps in the order given. O(links x gaps near them).
 */
export function matchResources(
  gapItemIds: readonly string[],
  links: readonly ResourceLink[],
  closeness: Closeness,
): readonly GapResources[] {
  const linksTo = new Map<string, ResourceLink[]>();
  for (const link of links) {
    const known = linksTo.get(link.target);
    if (known === undefined) linksTo.set(link.target, [link]);
    else known.push(link);
  }
  return gapItemIds.map((item) => {
    const matches = new Map<string, ResourceMatch>();
    const add = (link: ResourceLink, scope: ResourceScope, via: string): void => {
      const known = matches.get(link.id);
      if (known !== undefined && RESOURCE_SCOPES.indexOf(known.scope) <= RESOURCE_SCOPES.indexOf(scope)) return;
      const { id, type, resource, kind } = link;
      matches.set(id, { resource, kind, relationship: id, type, scope, via });
    };
    let orphan = true;
    let unfunded = true;
    for (const [near, scope] of closeness.get(item) ?? [])
      for (const link of linksTo.get(near) ?? []) {
        add(link, scope, near);
        if (!NEAR.includes(scope)) continue;
        if (isMoney(link)) unfunded = false;
        if (!isWork(link)) continue;
        orphan = false;
        if (!INTERMEDIATE.includes(link.kind)) continue;
        for (const behind of linksTo.get(link.resource) ?? []) {
          add(behind, scope, link.resource);
          if (link.kind === "Project" && isMoney(behind)) unfunded = false;
        }
      }
    return { item, matches: [...matches.values()].sort(byNearness), orphan, unfunded };
  });
}

/** The links that a policy uses: those that hold on its day, and assumed ones only if it says so. */
export function usedLinks<Link extends FactRow>(
  links: readonly Link[],
  policy: Policy,
  today: number = currentDay(),
): readonly Link[] {
  const isActive = activeUnder(policy, today);
  const facts: Facts = {
    assumed: Uint8Array.from(links, (link) => (link.assertion === "ASSUMED" ? 1 : 0)),
    from: Int32Array.from(links, ({ validFrom }) => (validFrom === null ? UNSTATED_START : firstDay(validFrom))),
    to: Int32Array.from(links, ({ validTo }) => (validTo === null ? UNSTATED_END : lastDay(validTo))),
  };
  return links.filter((_, position) => isActive(facts, position));
}

/** Whether a link means work on what it acts on. */
function isWork({ kind, type }: ResourceLink): boolean {
  return (WORKERS.includes(kind) && WORK.includes(type)) || (kind === "Firm" && type === "DEVELOPS");
}

/** Whether a link brings money: a fund or bank in any way, a policy only where it funds. */
function isMoney({ kind, type }: ResourceLink): boolean {
  return kind === "Fund" || kind === "Bank" || (kind === "Policy" && type === "FUNDS");
}

function byNearness(a: ResourceMatch, b: ResourceMatch): number {
  return (
    RESOURCE_SCOPES.indexOf(a.scope) - RESOURCE_SCOPES.indexOf(b.scope) ||
    compareText(a.kind, b.kind) ||
    compareText(a.resource, b.resource) ||
    compareText(a.relationship, b.relationship)
  );
}
