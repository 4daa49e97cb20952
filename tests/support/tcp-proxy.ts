import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A loopback TCP proxy that can do to a connection what networks do. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends all open connections; later ones pass. */
  cut(): void;
  /** Holds back every byte from the server, while connections stay open, until `resume`. */
  mute(): void;
  resume(): void;
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  let muted = false;
  const server = createServer((near) => {
    const pair = { near, far: connect(target.port, target.host) };
    const end = (): void => {
      near.destroy();
      pair.far.destroy();
      pairs.delete(pair);
    };
    pairs.add(pair);
    near.pipe(pair.far);
    pair.far.on("data", (bytes) => near.write(bytes));
    if (muted) pair.far.pause();
    for (const socket of [near, pair.far]) socket.on("error", end).on("close", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("a TCP server has a port");
  const cut = (): void => {
    for (const { near } of pairs) near.destroy();
  };
  return {
    port: address.port,
    cut,
    mute: () => {
      muted = true;
      for (const { far } of pairs) far.pause();
    },
    resume: () => {
      muted = false;
      for (const { far } of pairs) far.resume();
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
