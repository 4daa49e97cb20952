import { createHash } from "node:crypto";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import { CSRF_HEADER } from "./access/access.ts";

const FIRST_QUERY = `# 链图 Liantu. 运行：Ctrl-Enter · Run with Ctrl-Enter.
# 晋华的缺口：哪些环节被“卡脖子”、谁在攻关？ · Jinhua's gaps, and who works on them.
query Gaps {
  gaps(target: "firm-jinhua", first: 10) {
    verdict
    freeToTier
    gaps {
      types
      item { id name nameEn }
      score { low high }
      roots { name }
      restrictedOffers { provider { name nameEn } share readiness }
      admissibleOffers { provider { name nameEn } readiness }
      orphan
    }
  }
}
`;

let page: { readonly html: string; readonly policy: string } | undefined;

/** GraphiQL with everything it needs in one page: it works without any other address. */
export function graphiqlPage(): Response {
  page ??= makePage();
  return new Response(page.html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": page.policy,
      "cache-control": "no-cache",
    },
  });
}

function makePage() {
  const html = renderGraphiQL({
    title: "链图 Liantu · GraphiQL",
    defaultQuery: FIRST_QUERY,
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
