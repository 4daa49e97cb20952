import { expect, test } from "vitest";
import { readConfig } from "../../../server/config.ts";

test("origins are named as a browser sends them, and none is where none is named", () => {
  expect(readConfig({}).allowedOrigins).toStrictEqual([]);
  const named = { LIANTU_ALLOWED_ORIGINS: " https://planning.example, http://127.0.0.1:8080 ," };
  expect(readConfig(named).allowedOrigins).toStrictEqual(["https://planning.example", "http://127.0.0.1:8080"]);
});

test.each(["*", "null", "planning.example", "https://planning.example/", "https://planning.example:443", "file:///x"])(
  "%s is no origin",
  (origin) => {
    const settings = { LIANTU_ALLOWED_ORIGINS: `https://planning.example,${origin}` };
    expect(() => readConfig(settings)).toThrow(/LIANTU_ALLOWED_ORIGINS: must be origins like https/);
  },
);
