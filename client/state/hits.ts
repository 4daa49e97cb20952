interface Hit {
  readonly entity: { readonly kind: string };
}

/** What a search found, in its order, but documents after what they speak of: their titles name half the graph. */
export function sourcesLast<T extends Hit>(hits: readonly T[]): T[] {
  const isSource = ({ entity }: Hit): boolean => entity.kind === "Source";
  return [...hits.filter((hit) => !isSource(hit)), ...hits.filter(isSource)];
}
