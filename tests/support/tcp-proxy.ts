import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * What a network does to the bytes from the server: lets them pass, holds them back, brings them late, brings one a second,
 * or loses the reply to a commit of Bolt with its connection.
 */
export type Weather = "fair" | "silent" | "late" | "trickling" | "losing commits";

/** A loopback TCP proxy that can do to a connection what networks do. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends all open connections; later ones pass. */
  cut(): void;
  /** Holds back every byte from the server, while connections stay open, until `resume`. */
  mute(): void;
  resume(): void;
  turn(weather: Weather): void;
}

const LATE_MS = 2_000;
/** COMMIT as a Bolt client sends it: a chunk of two bytes, and the end of the message. */
const COMMIT = Buffer.from([0, 2, 0xb0, 0x12, 0, 0]);

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let weather: Weather = "fair";
  const server = createServer((near) => {
    const pair = new Pair(near, connect(target.port, target.host), () => weather);
    pairs.add(pair);
    near.once("close", () => pairs.delete(pair));
    if (weather === "silent") pair.far.pause();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("a TCP server has a port");
  const cut = (): void => {
    for (const { near } of pairs) near.destroy();
  };
  const turn = (to: Weather): void => {
    weather = to;
    for (const pair of pairs) pair.turned();
  };
  return {
    port: address.port,
    cut,
    mute: () => turn("silent"),
    resume: () => turn("fair"),
    turn,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

/** The two ends of one connection. */
class Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly #weather: () => Weather;
  #held = Buffer.alloc(0);
  #drip: NodeJS.Timeout | undefined;
  #isCommitting = false;

  constructor(near: Socket, far: Socket, weather: () => Weather) {
    this.near = near;
    this.far = far;
    this.#weather = weather;
    near.on("data", (bytes) => {
      if (bytes.includes(COMMIT)) this.#isCommitting = true;
      far.write(bytes);
    });
    far.on("data", (bytes) => this.#bring(bytes));
    for (const socket of [near, far]) socket.on("error", this.#end).on("close", this.#end);
  }

  /** Acts as the weather has become; what a trickle held back passes. */
  turned(): void {
    if (this.#weather() === "silent") this.far.pause();
    else this.far.resume();
    if (this.#weather() === "trickling") return;
    clearInterval(this.#drip);
    this.#drip = undefined;
    if (this.#held.length > 0) this.near.write(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #bring(bytes: Buffer): void {
    const isCommit = this.#isCommitting;
    this.#isCommitting = false;
    switch (this.#weather()) {
      case "late":
        setTimeout(() => this.near.write(bytes), LATE_MS).unref();
        return;
      case "trickling":
        this.#held = Buffer.concat([this.#held, bytes]);
        this.#drip ??= setInterval(() => {
          if (this.#held.length > 0) this.near.write(this.#held.subarray(0, 1));
          this.#held = this.#held.subarray(1);
        }, 1_000).unref();
        return;
      case "losing commits":
        if (isCommit) this.#end();
        else this.near.write(bytes);
        return;
      default:
        this.near.write(bytes);
    }
  }

  readonly #end = (): void => {
    clearInterval(this.#drip);
    this.near.destroy();
    this.far.destroy();
  };
}
