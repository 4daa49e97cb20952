import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { FactRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

/** An item that a project is aimed at; a fact. */
export interface ProjectTargetRow extends FactRow {
  readonly project: string;
  readonly item: string;
  /** What the project costs the park, in the unit of the budget; null = not recorded. */
  readonly cost: number | null;
}

/**
 * At which items are the projects aimed that are this far (`statuses`), or that these ids name? At most `limit` rows, in
 * order of the project, then of the relationship's id.
 */
export const projectTargets: Query<ProjectTargetRow> = {
  name: "projectTargets",
  row: z.object({ ...factColumns, project: z.string(), item: z.string(), cost: z.number().nullable() }),
  text: cypher`
    MATCH (project:Project)-[target:TARGETS]->(item:Product)
    WHERE (project.status IN $statuses OR project.id IN $ids)
      AND NOT (project.dataset IN $hidden OR target.dataset IN $hidden OR item.dataset IN $hidden)
    RETURN target.id AS id, target.assertion AS assertion, target.validFrom AS validFrom, target.validTo AS validTo,
      project.id AS project, item.id AS item, project.cost AS cost
    ORDER BY project, id
    LIMIT $limit
  `,
};
