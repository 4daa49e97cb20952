/** What makes a service use an engine: nothing for the embedded one, else the address of a Neo4j. */
export type EngineSettings = Readonly<Record<string, string>>;

export const EMBEDDED: EngineSettings = {};
