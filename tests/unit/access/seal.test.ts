import { expect, test } from "vitest";
import { z } from "zod";
import { createSeal } from "../../../server/access/seal.ts";

const shape = z.object({ name: z.string() });
const secret = "0123456789abcdef0123456789abcdef";

test("what is sealed opens for its purpose, its shape and its time, under the same secret, and for nothing else", async () => {
  const seal = createSeal(secret);
  const text = await seal.close("session", { name: "林" }, 60);
  expect(text).not.toContain("林");
  expect(await seal.open("session", text, shape)).toStrictEqual({ name: "林" });
  expect(await createSeal(secret).open("session", text, shape)).toStrictEqual({ name: "林" });
  const others = [
    seal.open("sign-in", text, shape),
    seal.open("session", text, z.object({ other: z.string() })),
    seal.open("session", await seal.close("session", { name: "late" }, -1), shape),
    createSeal(`${secret}x`).open("session", text, shape),
    createSeal(null).open("session", text, shape),
  ];
  expect(await Promise.all(others)).toStrictEqual([null, null, null, null, null]);
});

test("no changed character of a sealed text opens", async () => {
  const seal = createSeal(null);
  const text = await seal.close("session", { name: "a" }, 60);
  const changed = Array.from(
    text,
    (character, at) => text.slice(0, at) + (character === "A" ? "B" : "A") + text.slice(at + 1),
  );
  const opened = await Promise.all(changed.map((each) => seal.open("session", each, shape)));
  // The last character of a part holds spare bits: what decodes to the same bytes is the same text.
  const same = changed.filter(
    (each, at) =>
      opened[at] !== null &&
      Buffer.from(each.split(".")[4]!, "base64url").compare(Buffer.from(text.split(".")[4]!, "base64url")) !== 0,
  );
  expect(same).toStrictEqual([]);
  for (const odd of ["", "a", "....", "a.b.c", "eyJhbGciOiJub25lIn0..", text.repeat(2)])
    expect(await seal.open("session", odd, shape)).toBeNull();
});
