/** Hands a file to the browser as a download. */
export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[\\/:*?"<>|]/g, " ");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveText(text: string, name: string, type: "text/csv" | "application/json" | "image/svg+xml"): void {
  save(new Blob([text], { type: `${type};charset=utf-8` }), name);
}
