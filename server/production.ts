import { setFlagsFromString } from "node:v8";

/** Imported before anything else: otherwise graphql-js takes the process for one under development, and checks every value it completes twice over. */
process.env["NODE_ENV"] ??= "production";

/**
 * How much the heap may grow beyond what was alive before its garbage is collected. Left alone V8 lets it grow to several
 * times of that on a machine with much memory; so it takes half the memory under load, and answers as fast.
 */
setFlagsFromString("--heap-growing-percent=30");
