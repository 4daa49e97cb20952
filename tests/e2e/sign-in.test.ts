import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, launchBrowser, missingBrowser, settle, visit } from "../support/browser.ts";
import { run } from "../support/command-line.ts";
import { CLIENT, startProvider } from "../support/identity-provider.ts";
import { type Service, StartFailure, startService, temporaryFolder } from "../support/service.ts";

const missing = missingBrowser();

async function createKey(settings: Record<string, string>, role: string, name: string) {
  const { stdout } = await run(settings, "key", "create", "--role", role, "--name", name, "--json");
  return JSON.parse(stdout) as { readonly key: string; readonly prefix: string };
}

async function statusOf(service: Service, key?: string): Promise<number> {
  const response = await fetch(`${service.url.replace("0.0.0.0", "127.0.0.1")}graphql?query={statistics{version}}`, {
    headers: {
      accept: "application/graphql-response+json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
  });
  return response.status;
}

/** Asks until the service has noticed: it looks for new keys once a second, for withdrawn ones every five. */
async function becomes(status: number, service: Service, key?: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while ((await statusOf(service, key)) !== status) {
    if (Date.now() > deadline) throw new Error(`the status never became ${status}`);
    await sleep(100);
  }
}

test("keys are made, listed and withdrawn beside a running service, which asks from the first one on", async () => {
  using data = temporaryFolder();
  const settings = { LIANTU_DATA: data.path, LIANTU_SEED: "false" };
  await using service = await startService(settings);
  expect(await statusOf(service)).toBe(200);
  const made = await run(settings, "key", "create", "--role", "editor", "--name", "规划科");
  const key = made.stdout.split("\n")[0]!;
  expect([made.code, key]).toStrictEqual([0, expect.stringMatching(/^liantu_[0-9a-f]{12}_[\w-]{43}$/)]);
  await becomes(401, service);
  expect(await statusOf(service, key)).toBe(200);
  const listed = await run(settings, "key", "list");
  const prefix = key.split("_")[1]!;
  expect(listed.stdout).toMatch(new RegExp(`^${prefix}  editor  \\S+  规划科\\n$`));
  expect((await run(settings, "key", "revoke", prefix)).code).toBe(0);
  await becomes(401, service, key);
  expect((await run(settings, "key", "list")).stdout).toContain("revoked");
  const wrong = [
    await run(settings, "key", "revoke", "none"),
    await run(settings, "key", "create", "--role", "king"),
    await run(settings, "key", "create"),
  ];
  expect(wrong.map(({ code }) => code)).toStrictEqual([1, 2, 2]);
  expect(service.output()).not.toContain(key);
});

test("the service listens beyond loopback once somebody has to be asked, and not before", async () => {
  using data = temporaryFolder();
  const settings = { LIANTU_DATA: data.path, LIANTU_SEED: "false", LIANTU_HOST: "0.0.0.0" };
  const failure = await startService(settings).catch((error: unknown) => error);
  expect((failure as StartFailure).output).toMatch(/0\.0\.0\.0 can be reached.*liantu key create/);
  expect(failure).toBeInstanceOf(StartFailure);
  const { key } = await createKey(settings, "viewer", "");
  await using service = await startService(settings);
  expect([await statusOf(service), await statusOf(service, key)]).toStrictEqual([401, 200]);
});

describe.skipIf(missing !== null)(missing === null ? "signing in" : `signing in [skipped: ${missing}]`, () => {
  const data = temporaryFolder();
  const settings = { LIANTU_DATA: data.path };
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    data[Symbol.dispose]();
  });

  const open = async (url: string, options: Parameters<typeof visit>[1] = { locale: "zh-CN" }) => {
    const visitor = await visit(browser, options);
    await visitor.page.goto(url);
    return visitor;
  };
  test("with a key opens the page, says who is signed in, opens GraphiQL, and ends", async () => {
    // GraphiQL is drawn twice, which takes a slow machine a minute.
    const { key, prefix } = await createKey(settings, "editor", "规划科");
    await using service = await startService(settings);
    for (const [locale, needed, wrong, account, width] of [
      ["zh-CN", "登录后才能查看图谱。", "密钥不对", "规划科 · 编辑", 1440],
      ["en-GB", "Sign in to see the graph.", "This key is wrong", "规划科 · editor", 390],
    ] as const) {
      await using visitor = await open(`${service.url}?view=gaps&target=firm-jinhua`, { locale, width });
      const { page, complaints, context } = visitor;
      const dialog = page.getByTestId("sign-in");
      await dialog.waitFor();
      expect(await page.locator("main").innerText()).toContain(needed);
      expect(await page.getByTestId("gap-table").count()).toBe(0);
      expect(await axeViolations(page)).toStrictEqual([]);
      expect(complaints).toStrictEqual([]);
      await page.getByTestId("sign-in-key").fill(`${key.slice(0, -4)}AAAA`);
      await page.keyboard.press("Enter");
      await page.getByTestId("sign-in-refused").getByText(wrong).waitFor();
      await page.getByTestId("sign-in-key").fill(key);
      await page.getByTestId("sign-in-submit").click();
      await page.getByTestId("gap-table").waitFor();
      expect(await page.getByTestId("account").innerText()).toBe(account);
      expect(page.url()).toContain("target=firm-jinhua");
      await settle(page);
      expect(await axeViolations(page, "header.head")).toStrictEqual([]);
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      const cookies = await context.cookies();
      expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toStrictEqual([
        ["liantu_session", true, "Strict"],
      ]);
      expect(await page.evaluate("document.cookie")).toBe("");

      const tab = await context.newPage();
      await tab.goto(`${service.url}graphql`);
      await tab.locator(".graphiql-execute-button").click();
      await tab.locator(".result-window").getByText("verdict").waitFor();
      await tab.close();

      await page.getByTestId("sign-out").click();
      await page.getByTestId("sign-in").waitFor();
      expect(await context.cookies()).toStrictEqual([]);
      // The one refusal is that of the wrong key.
      expect(complaints.filter((each) => !each.includes("401"))).toStrictEqual([]);
    }

    await using visitor = await open(service.url);
    await visitor.page.getByTestId("sign-in-key").fill(key);
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByTestId("figures").waitFor();
    await run(settings, "key", "revoke", prefix);
    await becomes(401, service, key);
    await visitor.page.getByTestId("tab-gaps").click();
    await visitor.page.getByTestId("sign-in").waitFor();
    expect(service.output()).not.toContain(key);
  }, 240_000);

  test("through an identity provider on another site leads back to the view, signed in", async () => {
    await using provider = await startProvider("localhost");
    provider.person = { sub: "lin", name: "林", roles: ["viewer"] };
    const named = { LIANTU_OIDC_ISSUER: provider.issuer, LIANTU_OIDC_CLIENT_ID: CLIENT };
    await using service = await startService({ ...settings, ...named });
    await using visitor = await open(`${service.url}?view=gaps&target=firm-jinhua`, { locale: "zh-CN" });
    const { page, complaints } = visitor;
    await page.getByTestId("sign-in-oidc").click();
    await page.getByTestId("gap-table").waitFor();
    expect(await page.getByTestId("account").innerText()).toBe("林 · 查看");
    expect(page.url()).toBe(`${service.url}?view=gaps&target=firm-jinhua`);
    expect(complaints).toStrictEqual([]);
  });
});
