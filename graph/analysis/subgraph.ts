import type { Kind, RelationshipType } from "../ontology.ts";

/** What an answer says of a node or an edge, for drawing: each mark has a colour and a sign in the legend. */
export const MARKS = {
  TARGET: { zh: "目标", en: "target" },
  RESTRICTED: { zh: "受限来源", en: "restricted source" },
  RESTRICTED_UPSTREAM: { zh: "上游受限", en: "restricted upstream" },
  CHOKEPOINT: { zh: "卡脖子", en: "chokepoint" },
  MISSING: { zh: "断点", en: "missing" },
  DEPENDENT: { zh: "受制", en: "dependent" },
  SINGLE_SOURCE: { zh: "单点", en: "single source" },
  UNSURVEYED: { zh: "未调查", en: "unsurveyed" },
  UNRECORDED: { zh: "来源未记录", en: "source not recorded" },
  CHOSEN: { zh: "方案选用", en: "chosen in the plan" },
  TODAY: { zh: "现用来源", en: "today's source" },
  PASSED_OVER: { zh: "未选用", en: "passed over" },
  GHOST: { zh: "待补", en: "to be developed or recruited" },
  BLOCKER: { zh: "阻断", en: "blocks the plan" },
  REMOVED: { zh: "断供", en: "fails" },
  STOPPED: { zh: "停供", en: "stops" },
  REDUCED: { zh: "减产", en: "loses output" },
  WITNESS: { zh: "证据路径", en: "witness path" },
  LOCAL: { zh: "本地", en: "local" },
  ASSUMED: { zh: "假设", en: "assumed" },
} as const;
export type Mark = keyof typeof MARKS;

export interface SubgraphNode {
  /** Id of the entity; for a ghost node that stands for nothing recorded, `ghost:` and the item's id. */
  readonly id: string;
  readonly kind: Kind;
  readonly marks: readonly Mark[];
  /** Distance from the target in purchases and steps, 0 = the target; null where it has none. */
  readonly depth: number | null;
}

export interface SubgraphEdge {
  /** Id of the relationship; made from its ends where the edge stands for none recorded. */
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly marks: readonly Mark[];
}

/** Nodes and edges ready to draw; every edge's ends are among the nodes. */
export interface Subgraph {
  readonly nodes: readonly SubgraphNode[];
  readonly edges: readonly SubgraphEdge[];
}
