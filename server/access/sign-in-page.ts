import { PUBLIC_ERRORS } from "../errors.ts";

const TEXTS = {
  UNAUTHENTICATED: {
    zh: '请先在<a href="HOME">链图页面</a>登录，再打开这个地址。',
    en: 'Sign in on <a href="HOME">the page</a> first, then open this address.',
  },
  FORBIDDEN: { zh: "您的角色不能打开这个地址。", en: "Your role may not open this address." },
  DB_UNAVAILABLE: {
    zh: '身份提供方暂时没有应答，请稍后<a href="HOME">重试</a>。',
    en: 'The identity provider does not answer right now: <a href="HOME">try again</a>.',
  },
} as const;

/** A refusal as a page, for a browser that came to an address by itself; `home` leads from there to the page. */
export function signInPage(code: keyof typeof TEXTS, home: "./" | "../"): Response {
  const { zh, en } = TEXTS[code];
  const html =
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>链图 Liantu</title><p>${zh}</p><p lang="en">${en}</p></html>`.replaceAll(
      "HOME",
      home,
    );
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(html, { status: PUBLIC_ERRORS[code].status, headers });
}
