const decoder = new TextDecoder("gb18030");
let table: ReadonlyMap<string, readonly [number, number]> | undefined;

/** A text in GB18030 as far as its two-byte part (GBK) goes, which Node only reads; what it has no place for becomes `?`. */
export function gb18030(text: string): Uint8Array<ArrayBuffer> {
  table ??= twoBytes();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes.push(...(code < 0x80 ? [code] : (table.get(character) ?? [0x3f])));
  }
  return new Uint8Array(bytes);
}

function twoBytes(): Map<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(new Uint8Array([high, low]));
      if (low !== 0x7f && [...character].length === 1 && character !== "\ufffd") found.set(character, [high, low]);
    }
  return found;
}
