import { createReadStream } from "node:fs";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/**
 * The encoding of a text file, from its byte order mark or from its bytes: UTF-8 where they are valid UTF-8, else GB18030
 * where they are valid that, else undefined (not a text file we read).
 */
export async function detectEncoding(path: string): Promise<TextEncoding | undefined> {
  const mark = await firstBytes(path, 2);
  if (mark[0] === 0xff && mark[1] === 0xfe) return "utf-16le";
  if (mark[0] === 0xfe && mark[1] === 0xff) return "utf-16be";
  for (const encoding of ["utf-8", "gb18030"] as const) if (await isValid(path, encoding)) return encoding;
  return undefined;
}

/** The text of a file in pieces, without its byte order mark. Throws a TypeError at bytes that are not in the encoding. */
export async function* decode(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function isValid(path: string, encoding: TextEncoding): Promise<boolean> {
  try {
    for await (const _ of decode(path, encoding));
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: count - 1 })) return chunk;
  return new Uint8Array();
}
