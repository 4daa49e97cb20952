import fc from "fast-check";

/** Property tests draw the same cases in every run; LIANTU_SEED draws others, and a failure prints its seed. */
fc.configureGlobal({ seed: Number(process.env["LIANTU_SEED"] ?? 1190) });
