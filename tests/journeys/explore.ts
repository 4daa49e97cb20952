import { expect } from "vitest";
import type { Reader } from "./reader.ts";

/** San'an by an alias, what is around it by type, filtered, folded, and how it is connected to another; pinned, undone. */
export async function explore(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  const nodes = async (): Promise<number> => Number(await reader.there("explore-graph").getAttribute("data-nodes"));
  await reader.open("");
  await reader.turnTo("explore");
  await hand.find(reader.there("explore-search"), "泉州三安", reader.say("三安", "San'an"));
  await page.waitForURL(/selected=firm-sanan&open=%7Efirm-sanan/);
  const detail = reader.there("node-detail");
  await detail.getByText(reader.say("三安", "San'an")).first().waitFor();
  await reader.settled();
  const around = await nodes();
  expect(around).toBeGreaterThan(3);

  // One of its neighbours, along one type of relationship.
  await hand.press(detail.locator(".link-group .link").first());
  await page.waitForURL((url) => url.searchParams.get("selected") !== "firm-sanan");
  const other = new URL(page.url()).searchParams.get("selected")!;
  await hand.choose(reader.there("node-expand"), "SUPPLIES");
  await page.waitForURL(/open=SUPPLIES%7E/);
  await reader.settled();
  expect(new URL(page.url()).searchParams.getAll("open")).toStrictEqual(["~firm-sanan", `SUPPLIES~${other}`]);
  const wide = await nodes();
  expect(wide).toBeGreaterThanOrEqual(around);
  await hand.press(reader.button("explore.collapse", detail));
  await page.waitForURL((url) => !url.search.includes("SUPPLIES"));
  await reader.settled();
  expect(await nodes()).toBe(around);

  const kinds = reader.there("kind-filter").getByRole("checkbox");
  expect(await kinds.count()).toBeGreaterThan(1);
  await hand.press(kinds.first());
  await page.waitForURL(/hide=/);
  expect(await nodes()).toBeLessThan(around);
  await hand.undo(reader.button("explore.undo"));
  await page.waitForURL((url) => !url.search.includes("hide="));
  expect(await nodes()).toBe(around);

  await hand.press(reader.button("explore.pin", detail));
  await page.waitForURL(/pin=/);
  await hand.undo(reader.button("explore.undo"));
  await page.waitForURL((url) => !url.search.includes("pin="));
  await hand.press(reader.button("explore.pin", detail));
  await page.waitForURL(/pin=/);
  await hand.press(reader.button("explore.pathFrom", detail));
  await hand.find(reader.there("path-to"), "ASML", reader.say("阿斯麦", "ASML"));
  await reader.there("paths").locator("li").first().waitFor();
  expect(await reader.text("paths")).toContain(reader.say("阿斯麦", "ASML"));
  await hand.press(reader.button("explore.remove", detail));
  await page.waitForURL(/removed=/);
  await hand.undo(reader.button("explore.undo"));
  await page.waitForURL((url) => !url.search.includes("removed="));
  await reader.arrived("5-explore", "node-detail");
}
