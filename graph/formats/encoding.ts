export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** What the bytes of a text are, or why they are no text that we read. */
export type Detection =
  | { readonly encoding: TextEncoding; readonly hasMark: boolean }
  | { readonly problem: "BINARY" }
  /** Text that lost characters before it came here, or UTF-8 with broken bytes. */
  | { readonly problem: "MOJIBAKE"; readonly lost: number; readonly characters: number };

/** Reads the bytes of a text from the beginning, each time it is called. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

/** A text that lost more than this part of its characters is refused as a whole … */
const MOST_LOST_SHARE = 0.001;
/** … unless they are so few that each can be named in its place. */
const FEW_LOST = 10;
/** A text in another encoding shows more of its characters beyond ASCII as lost than this, where it is read as UTF-8. */
const NEARLY_UTF8 = 0.1;

/**
 * The encoding of a text, from its byte order mark or from all of its bytes: UTF-8 where they are valid UTF-8, UTF-16
 * without a mark where every other byte of the beginning is NUL, else GB18030 where they are valid that. What is nearly
 * UTF-8 is refused: as GB18030 it would give wrong characters.
 */
export async function detectEncoding(bytes: ByteSource): Promise<Detection> {
  const beginning = await firstChunk(bytes);
  const utf16 = utf16Of(beginning);
  if (utf16 !== undefined) return utf16;
  const hasMark = beginning[0] === 0xef && beginning[1] === 0xbb && beginning[2] === 0xbf;
  const strict = await countLost(bytes, "utf-8", true);
  if (strict !== undefined) return isMojibake(strict) ? mojibake(strict) : { encoding: "utf-8", hasMark };
  const loose = await countLost(bytes, "utf-8", false);
  if (loose !== undefined && (hasMark || loose.lost < NEARLY_UTF8 * loose.beyondAscii)) return mojibake(loose);
  const gb18030 = await countLost(bytes, "gb18030", true);
  if (gb18030 === undefined) return { problem: "BINARY" };
  return isMojibake(gb18030) ? mojibake(gb18030) : { encoding: "gb18030", hasMark: false };
}

/** The text in pieces, without its byte order mark. Throws a TypeError at bytes that are not in the encoding. */
export async function* decode(bytes: ByteSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes()) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

interface Loss {
  readonly lost: number;
  readonly beyondAscii: number;
  readonly characters: number;
}

/** Counts lost characters; undefined where the text must be in the encoding and is not. */
async function countLost(bytes: ByteSource, encoding: TextEncoding, fatal: boolean): Promise<Loss | undefined> {
  const decoder = new TextDecoder(encoding, { fatal });
  let lost = 0;
  let beyondAscii = 0;
  let characters = 0;
  const take = (text: string): void => {
    characters += text.length;
    for (let at = text.indexOf("\uFFFD"); at >= 0; at = text.indexOf("\uFFFD", at + 1)) lost += 1;
    if (!fatal) for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) beyondAscii += 1;
  };
  try {
    for await (const chunk of bytes()) take(decoder.decode(chunk, { stream: true }));
    take(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return { lost, beyondAscii, characters };
}

function isMojibake({ lost, characters }: Loss): boolean {
  return lost >= FEW_LOST && lost > MOST_LOST_SHARE * characters;
}

function mojibake({ lost, characters }: Loss): Detection {
  return { problem: "MOJIBAKE", lost, characters };
}

/** UTF-16 by its mark, or by NUL in every other byte of the first 64, as text that begins in ASCII has it. */
function utf16Of(beginning: Uint8Array): Detection | undefined {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", hasMark: true };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", hasMark: true };
  const start = beginning.subarray(0, 64);
  const nulAt = (odd: 0 | 1): number => start.filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (start.length >= 4 && nulAt(1) > start.length * 0.3 && nulAt(0) === 0)
    return { encoding: "utf-16le", hasMark: false };
  if (start.length >= 4 && nulAt(0) > start.length * 0.3 && nulAt(1) === 0)
    return { encoding: "utf-16be", hasMark: false };
  return undefined;
}

async function firstChunk(bytes: ByteSource): Promise<Uint8Array> {
  for await (const chunk of bytes()) return chunk;
  return new Uint8Array();
}
