import { openGraph } from "../../graph/store/open.ts";

/** Opens the embedded graph of the given file and prepares it, saying when it begins and when it is through. */
const graph = await openGraph({ engine: "embedded", path: process.argv[2]! });
process.stdout.write("opened\n");
await graph.prepare();
process.stdout.write("prepared\n");
await graph.close();
