import { type DestinationStream, pino } from "pino";
import type { Config } from "./config.ts";

/** A structured log, one JSON object a line, on standard output unless told otherwise. */
export function createLog(level: Config["logLevel"], to?: DestinationStream) {
  const options = { name: "liantu", level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return to === undefined ? pino(options) : pino(options, to);
}

export type Log = ReturnType<typeof createLog>;
