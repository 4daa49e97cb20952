import fc from "fast-check";
import { expect, test } from "vitest";
import { createFailedTries, TRIES } from "../../../server/access/failed-tries.ts";

test("an address waits from its 20th failed try within a minute until the minute is over, and nobody else does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ pause: fc.nat(6_000), who: fc.constantFrom("10.0.0.1", "10.0.0.2") }), { maxLength: 90 }),
      (steps) => {
        let time = 0;
        const tries = createFailedTries(() => time);
        const made: { readonly who: string; readonly at: number }[] = [];
        for (const { pause, who } of steps) {
          time += pause;
          const recent = made.filter((each) => each.who === who && each.at > time - TRIES.windowMs);
          expect(tries.secondsToWait(who) > 0).toBe(recent.length >= TRIES.limit);
          tries.record(who);
          made.push({ who, at: time });
        }
      },
    ),
  );
});

test("the wait that is said is the wait that is needed", () => {
  let time = 5_000;
  const tries = createFailedTries(() => time);
  for (let each = 0; each < TRIES.limit; each += 1) tries.record("10.0.0.1");
  const seconds = tries.secondsToWait("10.0.0.1");
  expect(seconds).toBe(60);
  time += seconds * 1_000 - 1;
  expect(tries.secondsToWait("10.0.0.1")).toBe(1);
  time += 1;
  expect(tries.secondsToWait("10.0.0.1")).toBe(0);
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["::1", "::2", true],
  ["::ffff:10.0.0.1", "10.0.0.1", true],
  ["10.0.0.1", "10.0.0.2", false],
])("%s and %s are one caller: %s", (one, other, same) => {
  const tries = createFailedTries(() => 0);
  for (let each = 0; each < TRIES.limit; each += 1) tries.record(one);
  expect(tries.secondsToWait(other) > 0).toBe(same);
});

test("remembers no more than 10,000 addresses", () => {
  const tries = createFailedTries(() => 0);
  for (let each = 0; each < TRIES.limit; each += 1) tries.record("first");
  for (let each = 0; each < 10_000; each += 1) tries.record(`other-${each}`);
  expect(tries.secondsToWait("first")).toBe(0);
});
