import type { Point } from "../../graph/layout/stages.ts";
import { ownScript } from "../trusted.ts";
import workerAddress from "./layout.worker.ts?worker&url";

export interface ForceRequest {
  readonly ticket: number;
  /** `x` and `y` are null for a node that has no place yet. */
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly x: number | null;
    readonly y: number | null;
    /** Whether it must stay exactly there. */
    readonly isPinned: boolean;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface ForceAnswer {
  readonly ticket: number;
  readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

type Ask = Omit<ForceRequest, "ticket">;

let worker: Worker | null = null;
let tickets = 0;
const waiting = new Map<number, { resolve: (places: Map<string, Point>) => void; reject: (reason: Error) => void }>();

/** Places a graph by forces, off the main thread; rejects if the worker cannot run. */
export function layoutForce(ask: Ask): Promise<Map<string, Point>> {
  worker ??= startWorker();
  tickets += 1;
  const ticket = tickets;
  return new Promise((resolve, reject) => {
    waiting.set(ticket, { resolve, reject });
    worker?.postMessage({ ...ask, ticket } satisfies ForceRequest);
  });
}

function startWorker(): Worker {
  const started = new Worker(ownScript(new URL(workerAddress, import.meta.url).href), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<ForceAnswer>) => {
    waiting.get(data.ticket)?.resolve(new Map(data.places.map(({ id, x, y }) => [id, { x, y }])));
    waiting.delete(data.ticket);
  });
  started.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
    worker = null;
  });
  return started;
}
