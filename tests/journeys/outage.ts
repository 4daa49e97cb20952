import { expect } from "vitest";
import type { Reader } from "./reader.ts";

const MINE = "HALF-WRITTEN";

/** The service goes and comes back: it is said, nothing that was entered is lost, and the page goes on by itself. */
export async function outage(reader: Reader, stop: () => Promise<void>, start: () => Promise<void>): Promise<void> {
  const { hand } = reader;
  await reader.open("?view=edit&form=entity&selected=firm-sanan");
  await hand.write(reader.there("entity-form-stockCode"), MINE);
  await reader.there("live-live").waitFor();
  const gaps = await reader.colleague("?view=gaps&target=firm-jinhua");
  await gaps.getByTestId("gap-table").waitFor();
  await gaps.getByTestId("live-live").waitFor();

  await stop();
  await reader.there("live-lost").waitFor();
  await hand.press(reader.button("edit.save"));
  const refused = reader.there("entity-form").getByTestId("failure");
  await refused.getByText(reader.t("error.network")).waitFor();
  expect(await reader.there("entity-form-stockCode").inputValue()).toBe(MINE);
  await gaps.getByTestId("live-lost").waitFor();
  await gaps.getByTestId("policy-preset-us-nl-jp").click();
  await gaps.getByTestId("failure").getByText(reader.t("error.network")).waitFor();
  expect(await gaps.getByTestId("policy-preset-us-nl-jp").getAttribute("aria-pressed")).toBe("true");
  await hand.press(reader.there("live-lost"));
  await reader.keep("outage");

  await start();
  await gaps.getByTestId("gap-table").waitFor();
  await gaps.getByTestId("failure").waitFor({ state: "detached" });
  expect(gaps.url()).toContain("restricted=US.NL.JP");
  await reader.there("live-live").waitFor();
  expect(await reader.there("entity-form-stockCode").inputValue()).toBe(MINE);
  await hand.press(reader.button("retry", reader.there("entity-form")));
  await reader.there("saved").getByText("✓").waitFor();
  // What was saved is heard of again.
  const other = await reader.colleague("?view=edit&form=entity&selected=firm-sanan");
  await other.getByTestId("live-live").waitFor();
  expect(await other.getByTestId("entity-form-stockCode").inputValue()).toBe(MINE);
  await hand.write(reader.there("entity-form-stockCode"), "");
  await hand.press(reader.button("edit.save"));
  await other.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[data-testid="entity-form-stockCode"]')?.value === "",
  );
}
