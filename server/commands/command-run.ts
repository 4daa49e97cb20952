import { exitCodeOf, messageOf } from "./exit-codes.ts";

/** What a command gives back beside what it has written: nothing where all went well. */
export type Outcome = number | undefined;

/** Runs what a command does; says what ended it and sets the exit code of the process. */
export async function runCommand(json: boolean, work: () => Promise<Outcome>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (json) printJson({ ok: false, exitCode, message: messageOf(error) });
    else process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = exitCode;
  }
}

/** One JSON object on one line of standard output. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Lines of standard output. */
export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
