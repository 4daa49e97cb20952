import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openInput } from "../../../graph/formats/open-input.ts";
import { readInput } from "../../support/read-input.ts";
import { temporaryFolder } from "../../support/service.ts";

test.each(["rows.csv", "rows.jsonl"])(
  "UTF-16 that breaks off or holds half a character is a fault of %s",
  async (name) => {
    using folder = temporaryFolder();
    const path = join(folder.path, name);
    for (const end of [[0x00, 0xd8], [0x61]]) {
      const text = Buffer.from("\ufeffid:ID,name,:LABEL\n", "utf16le");
      writeFileSync(path, Buffer.concat([text, Buffer.from(end)]));
      const faults = await openInput([path], { dataset: "own" })
        .then(readInput)
        .then(
          ({ faults }) => faults,
          (error: { readonly faults: readonly unknown[] }) => error.faults,
        );
      expect(faults.length).toBeGreaterThan(0);
    }
  },
);
