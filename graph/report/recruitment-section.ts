import type { Recruitment, RecruitmentPick } from "../analysis/recruitment.ts";
import type { RecruitmentCandidate } from "../analysis/recruitment-description.ts";
import type { Network } from "../projection/network.ts";
import type { Citations } from "./citations.ts";
import { offerFacts, offersOfFirm, orItself } from "./offer-facts.ts";
import type { Section } from "./report.ts";
import { type Cell, named, namedFew, type Statement, words } from "./table.ts";
import { CANDIDATE_WORDS, readinessWords, STRATEGY_WORDS } from "./words.ts";

const SHOWN_ITEMS = 6;
const SHOWN_FACTS = 6;
const NEXT = 20;

/** 招商清单: whom to win within the budget, what each adds, and who comes next. */
export function recruitmentSection(network: Network, citations: Citations, found: Recruitment): Section {
  const factsOf = ({ kind, id, items }: RecruitmentCandidate) => {
    const ids = items.map(({ item }) => item);
    const offers = kind === "FIRM" ? offersOfFirm(network, id, ids) : [];
    return citations.cite(orItself(offerFacts(network, offers.slice(0, SHOWN_FACTS)), id));
  };
  const common = (candidate: RecruitmentCandidate): readonly Cell[] => [
    named(candidate.id),
    CANDIDATE_WORDS[candidate.kind],
    namedFew(
      candidate.items.map(({ item }) => item),
      SHOWN_ITEMS,
    ),
    candidate.costKnown ? candidate.cost : words("未知，按1计", "unknown, counts 1"),
  ];
  const pickRow = (pick: RecruitmentPick) => ({
    cells: [
      ...common(pick.candidate),
      pick.gain.restored,
      pick.gain.potential,
      namedFew(pick.unblocks.length > 0 ? pick.unblocks : pick.closes.map(({ item }) => item), SHOWN_ITEMS),
      leastReady(pick.candidate),
    ],
    facts: factsOf(pick.candidate),
    tone: "good" as const,
  });
  const picked = new Set(found.picks.map(({ candidate }) => `${candidate.kind} ${candidate.id}`));
  const next = found.candidates.filter(({ kind, id }) => !picked.has(`${kind} ${id}`)).slice(0, NEXT);
  const head = [
    words("招引对象", "Who"),
    words("方式", "How"),
    words("可供物项", "Items"),
    words("花费", "Cost"),
    words("恢复产出", "Output restored"),
    words("潜力增量", "Potential"),
  ];
  return {
    name: "RECRUITMENT",
    statements: [
      say("预算", "Budget", found.budget),
      say("可得产出占比：现在", "Output available now", found.available.before),
      say("可得产出占比：引进后", "Output available afterwards", found.available.after),
      say("选取方法", "Method", STRATEGY_WORDS[found.strategy]),
      say("已证最优", "Proven best", found.exact),
      say("比较的候选对象", "Candidates compared", found.candidates.length),
    ],
    tables: [
      {
        title: words("招商清单", "Whom to recruit"),
        note: words(
          "按先后排列，每项的增量以前面各项已落地为前提。恢复产出：重新可得的产出占比；潜力：各物项必要性 × 最佳来源等级之和的增量。对象按在本地供货计，现有成熟度见末列。",
          "In order of priority; each gain supposes that those before have landed. Output restored: share of the output that becomes available. Potential: growth of the sum of necessity × best grade. Whoever comes is taken to supply from home; how ready it is today stands in the last column.",
        ),
        columns: [...head, words("使之可得或补上", "Unblocks or closes"), words("现有成熟度", "Readiness today")],
        rows: found.picks.map(pickRow),
        empty: words("预算内没有可增益的对象。", "Nobody within the budget would add anything."),
      },
      {
        title: words("后备对象（单独计）", "Next candidates (each alone)"),
        columns: head,
        rows: next.map((candidate) => ({
          cells: [...common(candidate), candidate.gain.restored, candidate.gain.potential],
          facts: factsOf(candidate),
        })),
        empty: words("没有后备对象。", "There are no further candidates."),
      },
    ],
  };
}

function leastReady({ items }: RecruitmentCandidate): Cell {
  const blocked = items.find((item) => item.blocked) ?? items[0];
  return readinessWords(blocked?.readiness ?? null);
}

function say(zh: string, en: string, value: Cell): Statement {
  return { label: words(zh, en), value };
}
