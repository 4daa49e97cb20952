import type { Forms, Property } from "../../api/edit.ts";
import { type Draft, propertiesOf } from "./draft.ts";
import type { NewRecordDraft } from "./new-record.tsx";
import type { EntityInput, Kind } from "./store.ts";

/** What a node of a kind may say. */
export function propertiesOfKind({ kinds }: Forms, kind: string): readonly Property[] {
  return kinds.find((each) => each.kind === kind)?.properties ?? [];
}

/** What a relationship of a type may say. */
export function propertiesOfType({ relationshipTypes }: Forms, type: string): readonly Property[] {
  return relationshipTypes.find((each) => each.type === type)?.properties ?? [];
}

/** A document that is made in passing: called by its title, and its own evidence. */
export function sourceInput({ id, draft }: NewRecordDraft): EntityInput {
  const { title, titleEn } = draft;
  return made("Source", id, { ...draft, name: title ?? "", nameEn: titleEn ?? "", assertion: "STATED" });
}

/** A firm that is made with its offer: what says the one says the other; where nothing does, both are assumed. */
export function firmInput({ id, draft }: NewRecordDraft, sources: readonly string[]): EntityInput {
  return made("Firm", id, { ...draft, sources, assertion: sources.length === 0 ? "ASSUMED" : "STATED" });
}

function made(kind: Kind, id: string, draft: Draft): EntityInput {
  const texts = Object.keys(draft).map((property) => ({
    property,
    name: { zh: "", en: "" },
    type: property === "sources" ? "string[]" : "string",
    required: false,
    description: "",
  }));
  return { id, kind, properties: { dataset: "own", ...propertiesOf(texts, draft) }, ifVersion: 0 };
}
