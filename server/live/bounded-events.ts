/** Bytes that may wait for a reader before it is cut. */
export const MOST_BUFFERED = 1_000_000;

/**
 * A response of events whose reader is cut where more than a megabyte waits for it: it comes again and goes on from the
 * version it has. Any other response as it is.
 */
export function boundedEvents(response: Response, onCut: () => void): Response {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isStream || response.body === null) return response;
  const reader = response.body.getReader();
  let isOver = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // What comes is taken at once, so that what waits can be counted.
        void pump(controller);
      },
      async cancel(reason) {
        isOver = true;
        await reader.cancel(reason);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_BUFFERED }),
  );
  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      while (!isOver) {
        const { value, done } = await reader.read();
        if (isOver) return;
        if (done) return controller.close();
        controller.enqueue(value);
        if (controller.desiredSize !== null && controller.desiredSize >= 0) continue;
        isOver = true;
        onCut();
        controller.error(new Error("The reader of a subscription was too slow"));
        await reader.cancel();
      }
    } catch (error) {
      if (!isOver) controller.error(error);
    }
  }
  return new Response(body, { status: response.status, headers: response.headers });
}
