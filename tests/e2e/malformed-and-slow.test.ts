import { expect, test } from "vitest";
import { EMBEDDED } from "../reliability/engine.ts";
import { malformed } from "../reliability/malformed.ts";
import { slowloris } from "../reliability/slowloris.ts";

test("300 malformed inputs crash nothing, are no fault of the service and are answered soon", async () => {
  expect(await malformed(EMBEDDED, 300, 1190)).toBe(true);
});

test("40 slow connections hold up nobody and are cut", async () => {
  expect(await slowloris(EMBEDDED, 40, 3)).toBe(true);
});
