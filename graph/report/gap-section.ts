import type { GapCauses } from "../analysis/gap-causes.ts";
import type { GapType } from "../analysis/gap-types.ts";
import type { Gap, GapReport } from "../analysis/gaps.ts";
import type { Network } from "../projection/network.ts";
import type { Citations } from "./citations.ts";
import { offerFacts, orItself, providersOf } from "./offer-facts.ts";
import type { Section } from "./report.ts";
import { named, namedFew, type Row, type Table, type Tone, words } from "./table.ts";
import { gapTypeWords } from "./words.ts";

const SHOWN_SOURCES = 4;
export const TONE_OF: Partial<Readonly<Record<GapType, Tone>>> = {
  MISSING: "danger",
  CHOKEPOINT: "danger",
  DEPENDENT: "warn",
  SINGLE_SOURCE: "caution",
  UNSURVEYED: "muted",
  UNRECORDED_SOURCE: "muted",
};
const COLUMNS: Table["columns"] = [
  words("环节 / 物项", "Item"),
  words("类型", "Type"),
  words("缺口分", "Score"),
  words("必要性", "Necessity"),
  words("断于第几层", "Fails at tier"),
  words("可用来源", "Admissible sources"),
  words("受限来源", "Restricted sources"),
  words("尚不可用", "Not usable yet"),
  words("路径与根源", "Path and roots"),
];

/** 缺口清单: what is missing, blocked or thin, and by which records. */
export function gapSection(
  network: Network,
  citations: Citations,
  {
    report,
    shown,
    causes,
  }: { readonly report: GapReport; readonly shown: readonly Gap[]; readonly causes: readonly GapCauses[] },
): Section {
  const causesOf = new Map(causes.map((each) => [each.item, each]));
  const sources = (offers: readonly string[]) => namedFew(providersOf(network, offers), SHOWN_SOURCES);
  const rowOf = (gap: Gap): Row => {
    const few = [gap.restrictedOffers, gap.admissibleOffers, gap.unusableOffers].flatMap((offers) =>
      offers.slice(0, SHOWN_SOURCES),
    );
    const need = causesOf.get(gap.item)?.pathNeeds.at(-1);
    const facts = [...(need === undefined ? [] : [need]), ...offerFacts(network, few)];
    const tone = TONE_OF[gap.types[0] ?? "NOT_LOCAL"];
    return {
      cells: [
        named(gap.item),
        gapTypeWords(gap.types, gap.possible),
        gap.score ?? words("未知", "unknown"),
        gap.necessity,
        gap.tier,
        sources(gap.admissibleOffers),
        sources(gap.restrictedOffers),
        sources(gap.unusableOffers),
        gap.roots.length > 0 ? namedFew(gap.roots, SHOWN_SOURCES) : { ids: gap.path.slice(1, -1) },
      ],
      facts: citations.cite(orItself(facts, gap.item)),
      ...(tone !== undefined && { tone }),
    };
  };
  const left = report.gaps.length - shown.length;
  return {
    name: "GAPS",
    statements: left === 0 ? [] : [{ label: words("未列出的缺口", "Gaps not listed"), value: left }],
    tables: [
      {
        title: words("缺口清单", "Gaps"),
        note: words(
          "缺口分 = 100 × 必要性 × 短缺，区间来自未知的份额；必要性：没有它就没有封闭方案的产出占比；类型后的问号表示取决于未知事实。受制的物项列出根源，其余列出路径。",
          "Score = 100 × necessity × shortfall, an interval where shares are unknown. Necessity: share of the output without a closed plan if it is missing. A question mark: it hangs on what is unknown. Dependent items show their roots, others their path.",
        ),
        columns: COLUMNS,
        rows: shown.map(rowOf),
        empty: words("在此口径下没有缺口。", "No gaps under this policy."),
      },
      ...(report.unrecorded.length === 0
        ? []
        : [
            {
              title: words("数据空缺（来源未记录）", "Holes in the data (source not recorded)"),
              columns: COLUMNS,
              rows: report.unrecorded.map(rowOf),
            },
          ]),
    ],
  };
}
