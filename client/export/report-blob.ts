interface Content {
  readonly mediaType: string;
  readonly encoding: "TEXT" | "BASE64";
  readonly content: string;
}

/** A document of the service as a file. */
export function reportBlob({ mediaType, encoding, content }: Content): Blob {
  if (encoding === "TEXT") return new Blob([content], { type: mediaType });
  return new Blob([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], { type: mediaType });
}
