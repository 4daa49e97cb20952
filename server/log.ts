import { pino } from "pino";
import type { Config } from "./config.ts";

/** A structured log, one JSON object a line on standard output. */
export function createLog(level: Config["logLevel"]) {
  return pino({ name: "liantu", level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

export type Log = ReturnType<typeof createLog>;
