import type { RecordInput } from "../../graph/formats/input.ts";
import type { EntityRecord, RelationshipRecord } from "../../graph/records.ts";
import { lineInBoth } from "./both-languages.ts";

export interface InputReading {
  readonly entities: EntityRecord[];
  readonly relationships: RelationshipRecord[];
  /** One line each, as a person sees them; each is known to say the same in Chinese. */
  readonly faults: string[];
  readonly unread: string[];
}

/** Everything an input gives. */
export async function readInput(input: RecordInput): Promise<InputReading> {
  const reading: InputReading = { entities: [], relationships: [], faults: [], unread: [] };
  for await (const items of input.entities())
    for (const item of items)
      if ("fault" in item) {
        reading.faults.push(lineInBoth(item.fault));
        if (item.unread !== undefined) reading.unread.push(item.unread);
      } else reading.entities.push(item);
  for await (const items of input.relationships())
    for (const item of items)
      if ("fault" in item) reading.faults.push(lineInBoth(item.fault));
      else reading.relationships.push(item);
  return reading;
}
