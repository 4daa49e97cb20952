import type { Bilingual } from "../ontology.ts";

/** Why a text is not JSON: in English in the words of the parser, in Chinese the position that they name. */
export function jsonProblem({ message }: SyntaxError): Bilingual {
  const position = /position (\d+)/.exec(message)?.[1];
  return { en: message, zh: position === undefined ? "语法有误" : `第 ${Number(position) + 1} 个字符处有误` };
}
