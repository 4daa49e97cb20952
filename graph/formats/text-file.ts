import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import type { Fault } from "../records.ts";
import { type ByteSource, type Detection, decode, detectEncoding } from "./encoding.ts";

/** A text file, packed (`.gz`) or not, of any encoding that we read. It may be read more than once. */
export interface TextFile {
  /** What faults call it: no folders of the machine. */
  readonly file: string;
  /** Size as it is stored. */
  readonly bytes: number;
  /** Whether it begins with a UTF-8 byte order mark, as what Excel saves does. */
  hasMark(): Promise<boolean>;
  /** The text in pieces, and a fault in place of what cannot be read; nothing comes after a fault. */
  pieces(): AsyncGenerator<string | { readonly fault: Fault }>;
}

/** A text file as faults call it. @throws what `stat` throws where there is no such file */
export async function openTextFile(path: string, file: string): Promise<TextFile> {
  const { size } = await stat(path);
  const bytes: ByteSource = () => bytesOf(path);
  let detecting: Promise<Detection | Fault> | undefined;
  const detect = (): Promise<Detection | Fault> => {
    detecting ??= detectEncoding(bytes).catch((error: unknown) => unpackingFault(error, file));
    return detecting;
  };
  return {
    file,
    bytes: size,
    async hasMark() {
      const found = await detect();
      return "encoding" in found && found.encoding === "utf-8" && found.hasMark;
    },
    async *pieces() {
      const found = await detect();
      if ("code" in found) yield { fault: found };
      else if ("problem" in found) yield { fault: encodingFault(found, file) };
      else
        try {
          yield* decode(bytes, found.encoding);
        } catch (error) {
          // UTF-16 was told by its beginning alone, or the file was changed meanwhile.
          if (!(error instanceof TypeError)) throw error;
          yield { fault: encodingFault({ problem: "BINARY" }, file) };
        }
    },
  };
}

/** Whether the name of a file says that it is packed. */
export function isPacked(path: string): boolean {
  return path.toLowerCase().endsWith(".gz");
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  // Larger pieces are slower: more of the rows in them is alive at each collection of garbage.
  const stored = createReadStream(path, { highWaterMark: 1 << 16 });
  if (!isPacked(path)) {
    yield* stored;
    return;
  }
  const unpacked = createGunzip();
  stored.on("error", (error) => unpacked.destroy(error));
  try {
    yield* stored.pipe(unpacked);
  } finally {
    stored.destroy();
  }
}

function unpackingFault(error: unknown, file: string): Fault {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_")))
    throw error;
  return {
    place: { file, row: 1 },
    code: "BAD_GZIP",
    message: `it is no whole gzip file (${error.message}) — pack it again, or unpack it and take .gz off its name`,
    messageZh: "不是完整的 gzip 文件——请重新压缩，或解压后去掉文件名中的 .gz",
  };
}

function encodingFault(found: Exclude<Detection, { readonly encoding: unknown }>, file: string): Fault {
  const place = { file, row: 1 };
  if (found.problem === "BINARY")
    return {
      place,
      code: "ENCODING",
      message: "not readable as UTF-8, UTF-16 or GB18030 text — save the file as CSV UTF-8",
      messageZh: "不能按 UTF-8、UTF-16 或 GB18030 读成文本——请将文件另存为 CSV UTF-8",
    };
  return {
    place,
    code: "MOJIBAKE",
    message: `${found.lost} of its ${found.characters} characters are lost: it was saved in the wrong encoding — save the original as UTF-8 again`,
    messageZh: `${found.characters} 个字符中有 ${found.lost} 个已丢失：文件曾以错误的编码保存——请把原文件重新另存为 UTF-8`,
  };
}
