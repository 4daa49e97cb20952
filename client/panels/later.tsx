import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { inTurn } from "../turns.ts";

/** A part of a page that comes when its turn does, after what stands above: a browser lays out at once all that comes at once. */
export function Later({ children }: { readonly children: ComponentChildren }) {
  const [isThere, setThere] = useState(false);
  useEffect(() => inTurn(() => setThere(true)), []);
  return isThere ? children : <div aria-busy="true" />;
}
