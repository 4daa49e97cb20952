import { z } from "zod";
import { GraphError } from "../graph/errors.ts";

/** A statement as a line of JSON, between a command and the service. */
export const statementLine = z.object({
  name: z.string(),
  text: z.string(),
  params: z.record(z.string(), z.unknown()),
  timeoutMs: z.int().positive().optional(),
});
export type StatementLine = z.infer<typeof statementLine>;

/** What one line may hold: thousands of rows. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The lines of a stream, no longer than 64 MB each.
 *
 * @throws GraphError BAD_INPUT at a longer one, and what the stream throws
 */
export async function* readLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (let chunk of stream) {
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10)) {
      yield Buffer.concat([...parts, chunk.subarray(0, end)]).toString("utf8");
      chunk = chunk.subarray(end + 1);
      parts = [];
      size = 0;
    }
    if (chunk.length === 0) continue;
    parts.push(chunk);
    size += chunk.length;
    if (size > LONGEST_LINE) throw new GraphError("BAD_INPUT", "A line between a command and the service is too long");
  }
  if (size > 0) yield Buffer.concat(parts).toString("utf8");
}
