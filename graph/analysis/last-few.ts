import type { Network } from "../projection/network.ts";

/** How many values a network keeps: what is restricted changes more often than the rest. */
const KEPT = 4;

/** Values that stay with the network they were made of: the last few, by what was asked. */
export function lastFew<Value>(): (network: Network, asked: string, make: () => Value) => Value {
  const kept = new WeakMap<Network, readonly { readonly asked: string; readonly value: Value }[]>();
  return (network, asked, make) => {
    const before = kept.get(network) ?? [];
    const known = before.find((one) => one.asked === asked) ?? { asked, value: make() };
    kept.set(network, [known, ...before.filter((one) => one !== known)].slice(0, KEPT));
    return known.value;
  };
}
