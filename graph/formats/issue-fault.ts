import type { z } from "zod";
import type { Fault } from "../records.ts";

type Issue = z.core.$ZodIssue;

/** What a description or mapping has wrong in one place: its path as the field, in English with the parser's words. */
export function issueFault(issue: Issue): Pick<Fault, "field" | "message" | "messageZh"> {
  return { field: issue.path.join("."), message: issue.message, messageZh: chineseOf(issue) };
}

const TYPES: Readonly<Record<string, string>> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "真假值（true 或 false）",
  object: "对象",
  record: "对象",
  array: "列表",
};

function chineseOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `缺少此项，或类型不对——请填写${TYPES[issue.expected] ?? "所需的值"}`;
    case "unrecognized_keys":
      return `没有 ${issue.keys.map((key) => JSON.stringify(key)).join("、")} 这样的键——请删去或改正`;
    case "invalid_value":
      return `不在可选值之列——请填写 ${issue.values.map(String).join("、")} 之一`;
    case "too_small":
      return issue.origin === "string" ? "不能为空——请填写文本" : `数值过小——不得小于 ${issue.minimum}`;
    case "too_big":
      return `数值过大——不得大于 ${issue.maximum}`;
    // The name of a data set is the only text of which a form is asked.
    case "invalid_format":
      return "不能作数据集名——请用小写字母、数字和连字符，以字母或数字开头，至多 64 个字符";
    default:
      return "形式不对——请按说明文档改写此项";
  }
}
