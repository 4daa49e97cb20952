import { expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { createDesk } from "../../../graph/analyst/desk.ts";
import { SAMPLE_NETWORK } from "../../support/sample-requests.ts";

test("a scenario is compiled once for all that ask for it, and forgotten when others crowd it out", () => {
  const desk = createDesk(SAMPLE_NETWORK);
  const first = desk.scenario(["leader"], DEFAULT_POLICY);
  const others = ["US", "NL", "JP"].map((code) =>
    desk.scenario(["leader"], { ...DEFAULT_POLICY, restricted: [code, "CN"] }),
  );
  expect(new Set([first, ...others]).size).toBe(4);
  expect(desk.scenario(["leader"], { ...DEFAULT_POLICY })).toBe(first);
  expect(desk.scenario(["chip"], DEFAULT_POLICY)).not.toBe(first);
  expect(desk.scenario(["leader"], DEFAULT_POLICY)).toBe(first);
  expect(desk.scenario(["leader"], { ...DEFAULT_POLICY, restricted: ["US", "CN"] })).not.toBe(others[0]);
});

test("what needs what is read off a whole scenario that is there already, and off one of its own else", () => {
  const desk = createDesk(SAMPLE_NETWORK);
  const whole = desk.scenario(["leader"], DEFAULT_POLICY);
  expect(desk.needs(["leader"], DEFAULT_POLICY)).toBe(whole);
  const needs = desk.needs(["chip"], DEFAULT_POLICY);
  expect(desk.needs(["chip"], DEFAULT_POLICY)).toBe(needs);
  expect(desk.scenario(["chip"], DEFAULT_POLICY)).not.toBe(needs);
});
