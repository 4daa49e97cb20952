import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { en } from "../../client/i18n/en.ts";
import { fill } from "../../client/i18n/fill.ts";
import { type Key, zh } from "../../client/i18n/zh.ts";
import { keepPicture, settle, type Visitor, visit } from "../support/browser.ts";
import { type Hand, keyboard, mouse } from "../support/hand.ts";

const WORDS = { zh, en } as const;
const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;
const HANDS = { mouse, keyboard } as const;

/** With what a journey is made, and in which language. */
export interface Manner {
  readonly hand: keyof typeof HANDS;
  readonly language: keyof typeof WORDS;
}

/** Someone who makes the journeys, on a page that they keep, beside another machine and a colleague's page. */
export class Reader implements AsyncDisposable {
  readonly manner: Manner;
  readonly page: Page;
  readonly hand: Hand;
  readonly url: string;
  readonly #browser: Browser;
  readonly #visitor: Visitor;
  #other: Visitor | null = null;
  readonly #heard = new Set<string>();

  private constructor(browser: Browser, visitor: Visitor, url: string, manner: Manner) {
    this.#browser = browser;
    this.#visitor = visitor;
    this.url = url;
    this.manner = manner;
    this.page = visitor.page;
    this.page.setDefaultTimeout(TIMEOUT_MS);
    this.hand = HANDS[manner.hand](this.page);
  }

  static async arrive(browser: Browser, url: string, manner: Manner): Promise<Reader> {
    return new Reader(browser, await visit(browser, { locale: LOCALES[manner.language] }), url, manner);
  }

  /** Errors and refusals on any of the pages since the last call. */
  takeComplaints(): readonly string[] {
    const all = [...this.#visitor.complaints, ...(this.#other?.complaints ?? [])];
    const fresh = all.filter((complaint) => !this.#heard.has(complaint));
    for (const complaint of fresh) this.#heard.add(complaint);
    return fresh;
  }

  /** The page's word in the reader's language. */
  t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(WORDS[this.manner.language][key], values);
  }

  /** One of two texts, by the reader's language. */
  say(chinese: string, english: string): string {
    return this.manner.language === "zh" ? chinese : english;
  }

  async open(query: string): Promise<void> {
    await this.page.goto(this.url + query);
  }

  there(id: string): Locator {
    return this.page.getByTestId(id);
  }

  /** The button that bears one of the page's words. */
  button(key: Key, within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name: this.t(key), exact: true }).first();
  }

  text(id: string): Promise<string> {
    return this.there(id).innerText();
  }

  press(id: string): Promise<void> {
    return this.hand.press(this.there(id));
  }

  /** Goes to a page by its tab. */
  async turnTo(name: string): Promise<void> {
    const tab = this.there(`tab-${name}`);
    await tab.waitFor();
    const place = await tab.evaluate((element) => [...(element.parentElement?.children ?? [])].indexOf(element) + 1);
    await this.hand.openTab(tab, place);
    await this.there(name).waitFor();
  }

  /** Goes back with the browser, as its button and Alt+← do. */
  async back(): Promise<void> {
    await this.page.goBack();
  }

  async settled(): Promise<void> {
    await settle(this.page);
  }

  /** The page of somebody else, who uses the mouse. */
  async colleague(query: string): Promise<Page> {
    this.#other ??= await visit(this.#browser, { locale: LOCALES[this.manner.language] });
    const { page } = this.#other;
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.goto(this.url + query);
    return page;
  }

  async keep(name: string): Promise<void> {
    await keepPicture(this.page, `${name}-${this.manner.hand}-${this.manner.language}`);
  }

  /** Opens the present address on another machine, which must show the same; keeps a picture of it. */
  async arrived(name: string, shown: string): Promise<void> {
    const query = this.page.url().slice(this.url.length);
    const page = await this.colleague(query);
    await Promise.all([settle(page), settle(this.page)]);
    await page.getByTestId(shown).waitFor();
    expect(page.url()).toBe(this.page.url());
    expect(await page.getByTestId(shown).innerText()).toBe(await this.text(shown));
    await this.keep(name);
    expect(this.takeComplaints()).toStrictEqual([]);
  }

  /** What is downloaded when a control is pressed. */
  async saved(control: Locator): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.hand.press(control)]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#other?.[Symbol.asyncDispose]();
    await this.#visitor[Symbol.asyncDispose]();
  }
}

const TIMEOUT_MS = 60_000;
