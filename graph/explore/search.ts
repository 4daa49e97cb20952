import { GraphError } from "../errors.ts";
import { KIND_NAMES, type Kind } from "../ontology.ts";
import { type SearchCandidate, searchCandidates } from "../queries/search-candidates.ts";
import { normalise } from "../search-text.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** In order of rank. */
const MATCHES = ["CODE", "EXACT", "PREFIX", "SUBSTRING"] as const;
export type SearchMatch = (typeof MATCHES)[number];

export interface SearchHit {
  readonly id: string;
  readonly match: SearchMatch;
}

/** How many candidates are ranked: a text that more entities hold is too short to rank well anyway. */
const CANDIDATE_LIMIT = 1_000;
const TEXT_LIMIT = 200;

/**
 * Entities whose names, aliases, codes or id hold every word of `text`, ranked by our own function, the same on both
 * engines: code or id, exact name, start of a name, within a name; then the shorter name, then id. Nothing but white
 * space in `text` finds nothing; signs such as `*` stand for themselves.
 *
 * @throws GraphError BAD_INPUT for a text over 200 characters
 */
export async function search(
  store: GraphStore,
  request: { readonly text: string; readonly kinds: readonly Kind[]; readonly first: number },
  options?: ReadOptions,
): Promise<SearchHit[]> {
  if (request.text.length > TEXT_LIMIT) {
    throw new GraphError(
      "BAD_INPUT",
      `\`text\` has ${request.text.length} characters; at most ${TEXT_LIMIT} are searched for`,
    );
  }
  const text = normalise(request.text);
  if (text === "") return [];
  const words = text.split(" ").sort((a, b) => b.length - a.length);
  const kinds = request.kinds.length > 0 ? request.kinds : KIND_NAMES;
  const params = { word: words[0], words: words.slice(1), kinds, limit: CANDIDATE_LIMIT };
  const candidates = await store.read(searchCandidates, params, options);
  return candidates
    .map((candidate) => ({ candidate, match: matchOf(candidate, text) }))
    .sort(
      (a, b) =>
        MATCHES.indexOf(a.match) - MATCHES.indexOf(b.match) ||
        a.candidate.name.length - b.candidate.name.length ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .slice(0, request.first)
    .map(({ candidate, match }) => ({ id: candidate.id, match }));
}

/** How a normalised text matches a candidate, at best. */
export function matchOf(candidate: SearchCandidate, text: string): SearchMatch {
  const { id, stockCode, creditCode, code: short, documentNumber } = candidate;
  const codes = [id, stockCode, stockCode?.split(".")[0], creditCode, short, documentNumber];
  if (codes.some((code) => code != null && normalise(code) === text)) return "CODE";
  const names = [candidate.name, candidate.nameEn, ...(candidate.aliases ?? [])].filter((name) => name != null);
  const normalised = names.map(normalise);
  if (normalised.includes(text)) return "EXACT";
  if (normalised.some((name) => name.startsWith(text))) return "PREFIX";
  return "SUBSTRING";
}
