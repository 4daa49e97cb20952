import type { Locator, Page } from "playwright-core";

/** How a reader acts on a page: with the mouse, or with the keyboard alone. Texts are typed either way. */
export interface Hand {
  readonly name: "mouse" | "keyboard";
  /** Presses a button or a link, ticks a box, opens what is folded. */
  press(control: Locator): Promise<void>;
  /** Chooses an option of a list by its value. */
  choose(list: Locator, value: string): Promise<void>;
  /** Writes a text in the place of what stands in a field, and leaves the field. */
  write(field: Locator, text: string): Promise<void>;
  /** Writes a day as YYYY-MM-DD. */
  writeDay(field: Locator, day: string): Promise<void>;
  /** Types into a box that finds as one types, and takes the hit that holds this name. */
  find(box: Locator, text: string, name: string): Promise<void>;
  /** Goes to the page behind the tab at this place, from 1. */
  openTab(tab: Locator, place: number): Promise<void>;
  /** Closes what has opened over the page. */
  dismiss(close: Locator): Promise<void>;
  /** Chooses a file for an input. */
  chooseFile(input: Locator, path: string): Promise<void>;
  /** Goes to the details of what is selected, past the rest of what it was selected from. */
  toDetail(): Promise<void>;
  /** Goes to the first graph. */
  toGraph(): Promise<void>;
  /** Takes back the last step. */
  undo(button: Locator): Promise<void>;
}

export function mouse(page: Page): Hand {
  const press = (control: Locator) => control.click();
  return {
    name: "mouse",
    press,
    // The list that the browser opens is no part of the page.
    choose: async (list, value) => void (await list.selectOption(value)),
    async write(field, text) {
      await field.fill(text);
      await field.blur();
    },
    writeDay: (field, day) => field.fill(day),
    async find(box, text, name) {
      await box.click();
      await page.keyboard.type(text);
      await page.getByRole("option", { name }).first().click();
    },
    openTab: press,
    dismiss: press,
    async chooseFile(input, path) {
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), input.click()]);
      await chooser.setFiles(path);
    },
    async toDetail() {},
    async toGraph() {},
    undo: press,
  };
}

/** Reaches every control by Tab or by a key of the page; the focus is never put anywhere. */
export function keyboard(page: Page): Hand {
  const { keyboard: keys } = page;
  return {
    name: "keyboard",
    async press(control) {
      await reach(page, control);
      const isTicked = await control.evaluate((element) => element.matches("input[type=checkbox]"));
      await keys.press(isTicked ? "Space" : "Enter");
    },
    async choose(list, value) {
      await reach(page, list);
      const { now, wished } = await list.evaluate((element, wanted) => {
        const { selectedIndex, options } = element as HTMLSelectElement;
        return { now: selectedIndex, wished: [...options].findIndex((option) => option.value === wanted) };
      }, value);
      if (wished === -1) throw new Error(`there is no option ${value}`);
      // Opened first, or every option on the way would be chosen.
      await keys.press("Alt+ArrowDown");
      for (let at = now; at !== wished; at += Math.sign(wished - now))
        await keys.press(wished > now ? "ArrowDown" : "ArrowUp");
      await keys.press("Enter");
    },
    async write(field, text) {
      await reach(page, field);
      await keys.press("ControlOrMeta+a");
      if (text === "") await keys.press("Delete");
      else await keys.type(text);
      await keys.press("Tab");
    },
    async writeDay(field, day) {
      await reach(page, field);
      const [year, month, date] = day.split("-") as [string, string, string];
      // In the order of the browser's own language, not of the page's.
      await keys.type(`${month}${date}${year}`);
    },
    async find(box, text, name) {
      await reach(page, box);
      await keys.type(text);
      const hit = page.getByRole("option", { name }).first();
      await hit.waitFor();
      while ((await hit.getAttribute("aria-selected")) !== "true") await keys.press("ArrowDown");
      await keys.press("Enter");
    },
    async openTab(_, place) {
      await keys.press(String(place));
    },
    async dismiss() {
      await keys.press("Escape");
    },
    async chooseFile(input, path) {
      await page.bringToFront();
      await reach(page, input);
      const opened = page.waitForEvent("filechooser", { timeout: 5_000 });
      const [chooser] = await Promise.allSettled([opened, keys.press("Space")]);
      // The dialogue is the browser's: where a busy one does not open it, the file is given to the field all the same.
      if (chooser.status === "fulfilled") await chooser.value.setFiles(path);
      else await input.setInputFiles(path);
    },
    async toDetail() {
      await keys.press("d");
    },
    async toGraph() {
      await keys.press("g");
    },
    async undo() {
      await keys.press("ControlOrMeta+z");
    },
  };
}

const MOST = 600;

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/** Moves the focus with Tab, or back with Shift+Tab, until it is on a control. */
async function reach(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  const passed = new Set<string>();
  for (let presses = 0; presses < MOST; presses += 1) {
    const { way, stops } = await control.evaluate((element, selector) => {
      const { activeElement: active } = document;
      if (active === element) return { way: "there", stops: 0 };
      if (active === null || active === document.body) return { way: "nowhere", stops: 0 };
      const all = [...document.querySelectorAll(selector)].filter((stop) => stop.checkVisibility());
      const stops = Math.abs(all.indexOf(element) - all.indexOf(active));
      const isBefore = active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
      return { way: isBefore ? "back" : "on", stops };
    }, STOPS);
    if (way === "there") return;
    if (way !== "nowhere") passed.add(way);
    if (passed.size > 1) throw new Error(`Tab goes past ${control}`);
    // Most of a long way is gone without looking.
    for (let step = 0; step < Math.max(1, stops / 2); step += 1)
      await page.keyboard.press(way === "back" ? "Shift+Tab" : "Tab");
  }
  throw new Error(`Tab never comes to ${control}`);
}
