import type { Bilingual } from "../../graph/ontology.ts";
import type { Report } from "../../graph/report/report.ts";
import { words } from "../../graph/report/table.ts";

/** What a report is called. */
export function reportTitle({ target, names }: Report): Bilingual {
  const named = names.get(target);
  const name = named?.name ?? target;
  return words(`${name}：产业链图谱与清单`, `${named?.nameEn ?? name}: chain map and lists`);
}

/** A name for its file, of the letters that every system takes. */
export function reportFileName({ target, day }: Report, ending: string): string {
  const name = target.replaceAll(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80);
  return `liantu-report-${name}-${day}.${ending}`;
}
