import { readFileSync } from "node:fs";
import { DEFAULT_POLICY, type Policy } from "../../graph/analysis/policy.ts";
import { buildNetwork } from "../../graph/projection/build.ts";
import type { Network } from "../../graph/projection/network.ts";
import type { NetworkRows } from "../../graph/projection/rows.ts";
import { emptyRows, facts } from "./rows.ts";

interface GoldenNode {
  readonly id: string;
  readonly kind: string;
  readonly category?: NetworkRows["items"][number]["category"];
  readonly variantMode?: NetworkRows["items"][number]["variantMode"];
  readonly elementary?: boolean;
  readonly devCost?: number;
  readonly country?: string;
  readonly code?: string;
}

interface GoldenEdge {
  readonly type: string;
  readonly id?: string;
  readonly from: string;
  readonly to: string;
  readonly slot?: string;
  readonly essential?: boolean;
  readonly product?: string;
  readonly share?: number;
  readonly level?: NetworkRows["offers"][number]["level"];
  readonly readiness?: NetworkRows["offers"][number]["readiness"];
  readonly cost?: number;
  readonly stake?: number;
}

interface GoldenFile {
  readonly cases: readonly {
    readonly id: string;
    readonly why: string;
    readonly nodes: readonly GoldenNode[];
    readonly edges: readonly GoldenEdge[];
    readonly policy: Partial<Policy>;
    readonly queries: readonly { readonly query: GoldenQuery; readonly expected: unknown }[];
  }[];
}

/** A query of a golden case; which fields it has depends on `analysis`. */
export interface GoldenQuery {
  readonly analysis: string;
  readonly targets?: readonly string[];
  readonly policy?: Partial<Policy>;
  readonly item?: string;
  readonly firm?: string;
  readonly jurisdictions?: readonly string[];
  readonly ground?: "JURISDICTION" | "FIRM" | "ITEM";
  readonly k?: number;
  readonly weights?: Readonly<Record<string, number>>;
  readonly candidates?: Readonly<Record<string, { readonly cost: number; readonly items: readonly string[] }>>;
  readonly budget?: number;
}

/** One query with its network and its exact expected result. */
export interface GoldenCase {
  /** The case, the number of the query in it, and why the case is there: a test's title. */
  readonly title: string;
  readonly rows: NetworkRows;
  readonly network: Network;
  readonly query: GoldenQuery;
  /** The policy of the query over that of the case over the defaults. */
  readonly policy: Policy;
  readonly expected: unknown;
}

/** The golden queries of one analysis; throws where there is none, so that no test file passes by running nothing. */
export function goldenCases(analysis: string): readonly GoldenCase[] {
  const file = JSON.parse(readFileSync(new URL("../golden/analyses.json", import.meta.url), "utf8")) as GoldenFile;
  const cases = file.cases.flatMap((golden) => {
    const rows = rowsOf(golden.nodes, golden.edges);
    return golden.queries.flatMap(({ query, expected }, position) =>
      query.analysis === analysis
        ? {
            title: `${golden.id} query ${position + 1}: ${golden.why}`,
            rows,
            network: buildNetwork(rows, 1),
            query,
            policy: { ...DEFAULT_POLICY, ...golden.policy, ...query.policy },
            expected,
          }
        : [],
    );
  });
  if (cases.length === 0) throw new RangeError(`no golden query asks for ${analysis}`);
  return cases;
}

function rowsOf(nodes: readonly GoldenNode[], edges: readonly GoldenEdge[]): NetworkRows {
  const ofKind = (kind: string) => nodes.filter((node) => node.kind === kind);
  const ofType = (type: string) =>
    edges
      .filter((edge) => edge.type === type)
      .map((edge) => ({
        ...edge,
        ...facts(edge.id ?? [edge.from, edge.type, edge.to, edge.product, edge.slot].filter(Boolean).join(":")),
      }));
  return {
    ...emptyRows(),
    items: ofKind("Product").map((node) => ({
      id: node.id,
      category: node.category ?? null,
      variantMode: node.variantMode ?? null,
      elementary: node.elementary ?? null,
      developCost: node.devCost ?? null,
    })),
    firms: ofKind("Firm").map((node) => ({ id: node.id, country: node.country ?? null, region: null })),
    jurisdictions: ofKind("Jurisdiction").map((node) => ({ id: node.id, code: node.code! })),
    offers: ofType("SUPPLIES").map((edge) => ({
      id: edge.id,
      assertion: edge.assertion,
      validFrom: null,
      validTo: null,
      provider: edge.from,
      item: edge.to,
      outputWeight: null,
      share: edge.share ?? null,
      level: edge.level ?? null,
      readiness: edge.readiness ?? null,
      originCountry: null,
      cost: edge.cost ?? null,
      leadTimeDays: null,
    })),
    requirements: ofType("REQUIRES").map((edge) => ({
      id: edge.id,
      assertion: edge.assertion,
      validFrom: null,
      validTo: null,
      item: edge.product ?? edge.from,
      maker: edge.product === undefined ? null : edge.from,
      input: edge.to,
      slot: edge.slot ?? null,
      essential: edge.essential ?? true,
    })),
    variants: ofType("VARIANT_OF").map((edge) => ({
      ...facts(edge.id),
      variant: edge.from,
      itemClass: edge.to,
    })),
    stakes: ofType("OWNS").map((edge) => ({
      ...facts(edge.id),
      owner: edge.from,
      owned: edge.to,
      stake: edge.stake ?? null,
    })),
  };
}
