import type { Service } from "../support/service.ts";

/** pino's level of an error. */
const ERROR = 50;

/** What the service has logged as faults of its own, INTERNAL answers among them: each stack once, with how often; to print. */
export function loggedFaults(service: Service): string {
  const counts = new Map<string, number>();
  for (const line of service.output().split("\n")) {
    const fault = faultOf(line);
    if (fault !== null) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  return [...counts].map(([fault, many]) => `${many} × ${fault}\n`).join("");
}

function faultOf(line: string): string | null {
  try {
    const { level, msg, err } = JSON.parse(line) as { level: number; msg: string; err?: { stack: string } };
    return level >= ERROR ? `${msg}: ${err?.stack ?? "(no stack)"}` : null;
  } catch {
    return null;
  }
}
