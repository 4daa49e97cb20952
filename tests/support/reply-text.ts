/** The text without its blanks: the letter sets figures and Latin words apart by them at random. */
export function withoutBlanks(text: string): string {
  return text.replace(/\s+/gu, "");
}

/**
 * The sentences of a text by their locator `paragraph.sentence`, both counted from 1. Blank lines divide paragraphs;
 * a sentence ends with 。 or ； or with its paragraph. Sentences come without blanks.
 */
export function sentencesOf(text: string): ReadonlyMap<string, string> {
  const paragraphs = text
    .replace(/^\uFEFF/u, "")
    .split(/\r?\n[^\S\n]*\r?\n/u)
    .map(withoutBlanks)
    .filter((paragraph) => paragraph !== "");
  const sentences = new Map<string, string>();
  for (const [paragraph, content] of paragraphs.entries())
    for (const [sentence, words] of (content.match(/[^。；]+[。；]?/gu) ?? []).entries())
      sentences.set(`${paragraph + 1}.${sentence + 1}`, words);
  return sentences;
}

/**
 * The longest run of Han characters that `own` shares with `text`, once the proper `names` are cut out of `own`;
 * punctuation, digits and blanks do not break a run.
 */
export function longestSharedRun(own: string, text: string, names: readonly string[]): string {
  const han = (words: string): string => words.replace(/[^\p{Script=Han}]+/gu, "");
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  const pieces = longestFirst.reduce((rest, name) => rest.replaceAll(name, "|"), own).split("|");
  const source = han(text);
  let longest = "";
  for (const piece of pieces.map(han))
    for (let start = 0; start < piece.length; start++)
      while (start + longest.length < piece.length && source.includes(piece.slice(start, start + longest.length + 1)))
        longest = piece.slice(start, start + longest.length + 1);
  return longest;
}
