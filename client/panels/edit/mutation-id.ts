import { useRef } from "preact/hooks";

/** Random text of 16 hexadecimal digits. */
export function randomMark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Gives the same id for the same content: what is sent again because no reply came is carried out once. */
export function useMutationId(): (content: unknown) => string {
  const last = useRef({ content: "", id: "" });
  return (content) => {
    const text = JSON.stringify(content);
    if (text !== last.current.content) last.current = { content: text, id: `page-${randomMark()}` };
    return last.current.id;
  };
}
