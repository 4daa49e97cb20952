import { createHash } from "node:crypto";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import { CSRF_HEADER } from "./access/access.ts";

/** What GraphiQL opens with, by the reader's language. */
export const FIRST_QUERY = {
  zh: `# 链图 GraphiQL。运行：Ctrl-Enter。左上角的书本图标是文档，含每个字段的定义与单位。
# 晋华的缺口：哪些环节断、卡、单，根源在哪，谁能供，有没有人攻关？
query Gaps {
  gaps(target: "firm-jinhua", first: 10) {
    verdict
    freeToTier
    gaps {
      types
      item { id name }
      score { low high }
      roots { name }
      restrictedOffers { provider { name } share readiness }
      admissibleOffers { provider { name } readiness }
      orphan
    }
  }
}
`,
  en: `# Liantu GraphiQL. Run with Ctrl-Enter. The book at the top left opens the documentation of every field.
# The gaps of Jinhua: what is missing, blocked or single-sourced, through what, who can supply it, does anybody work on it?
query Gaps {
  gaps(target: "firm-jinhua", first: 10) {
    verdict
    freeToTier
    gaps {
      types
      item { id nameEn }
      score { low high }
      roots { nameEn }
      restrictedOffers { provider { nameEn } share readiness }
      admissibleOffers { provider { nameEn } readiness }
      orphan
    }
  }
}
`,
} as const;
type Language = keyof typeof FIRST_QUERY;

const pages = new Map<Language, { readonly html: string; readonly policy: string }>();

/** GraphiQL with everything it needs in one page: it works without any other address. Its first query is in the reader's language. */
export function graphiqlPage(request: Request): Response {
  const language = languageOf(request.headers.get("accept-language") ?? "");
  const page = pages.get(language) ?? makePage(language);
  pages.set(language, page);
  return new Response(page.html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": page.policy,
      "cache-control": "no-cache",
      vary: "accept-language",
    },
  });
}

/** Chinese, unless the reader puts English before it. */
function languageOf(accepted: string): Language {
  const first = accepted.split(",").find((each) => /^\s*(zh|en)\b/i.test(each));
  return /^\s*en\b/i.test(first ?? "") ? "en" : "zh";
}

function makePage(language: Language) {
  const html = renderGraphiQL({
    title: "链图 Liantu · GraphiQL",
    defaultQuery: FIRST_QUERY[language],
    shouldPersistHeaders: false,
    credentials: "same-origin",
    additionalHeaders: { [CSRF_HEADER]: "1" },
  });
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text!).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(" ")} blob:`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "connect-src 'self'",
    "worker-src blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html, policy };
}
