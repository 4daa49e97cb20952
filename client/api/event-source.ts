/** What is told of one subscription. */
export interface Listener<Data> {
  /** The service has taken the question. */
  readonly onOpen: () => void;
  readonly onData: (data: Data) => void;
  /** It is over, by the service or because the way to it broke; `code` says why where the service did. */
  readonly onEnd: (code: string | null) => void;
}

interface Event<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Asks a subscription over Server-Sent Events; returns how to end it, after which nothing is told any more. */
export function listen<Data>(query: string, variables: object, listener: Listener<Data>): () => void {
  const address = new URL("graphql", document.baseURI);
  address.search = new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString();
  const source = new EventSource(address);
  let code: string | null = null;
  const end = (): void => {
    source.close();
    listener.onEnd(code);
  };
  source.addEventListener("open", listener.onOpen);
  source.addEventListener("next", ({ data: text }: MessageEvent<string>) => {
    const { data, errors } = JSON.parse(text) as Event<Data>;
    if (errors !== undefined) code = errors[0]?.extensions?.code ?? "INTERNAL";
    else if (data !== undefined) listener.onData(data);
  });
  source.addEventListener("complete", end);
  // The browser would ask for the same version again; whoever listens knows a later one.
  source.addEventListener("error", end);
  return () => source.close();
}
