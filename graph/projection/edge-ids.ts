import type { RelationshipType } from "../ontology.ts";
import { ownerOf } from "./csr.ts";
import type { Network } from "./network.ts";
import { textAt } from "./texts.ts";

/** Begins what is kept of an id that is made of the edge's ends and more (`relationshipId`): no id contains it. */
const TAIL = "\0";

/**
 * What has to be kept of the id of an edge whose ends, product and slot are known: nothing where it is made of them
 * (`rest` = `:product:slot`, what there is of it), which null says.
 */
export function shortEdgeId(id: string | null, from: string, type: RelationshipType, to: string, rest = ""): string {
  if (id === null) return "";
  const length = from.length + type.length + to.length + 2;
  const isMade =
    id.length >= length &&
    id.startsWith(from) &&
    id.startsWith(type, from.length + 1) &&
    id.startsWith(to, length - to.length) &&
    id[from.length] === ":" &&
    id[length - to.length - 1] === ":";
  if (!isMade) return id;
  const tail = id.slice(length);
  return tail === rest ? "" : TAIL + tail;
}

/** The id of an edge by what was kept of it. */
export function fullEdgeId(kept: string, from: string, type: RelationshipType, to: string, rest = ""): string {
  if (kept === "") return `${from}:${type}:${to}${rest}`;
  return kept.startsWith(TAIL) ? `${from}:${type}:${to}${kept.slice(TAIL.length)}` : kept;
}

/** The part of the id of a REQUIRES edge that product and slot give. */
export function requirementRest(product: string | null, slot: string | null): string {
  if (product === null) return slot === null ? "" : `:${slot}`;
  return slot === null ? `:${product}` : `:${product}:${slot}`;
}

/** Id of the SUPPLIES edge of an offer. */
export function offerId(network: Network, offer: number): string {
  const { offerIds, offerItem, items } = network;
  return fullEdgeId(textAt(offerIds, offer), providerId(network, offer), "SUPPLIES", items[offerItem[offer]!]!);
}

/** Id of the firm, or of the jurisdiction's node, that an offer starts from. */
export function providerId(network: Network, offer: number): string {
  const firm = network.offerFirm[offer]!;
  return firm >= 0 ? network.firms[firm]! : (network.jurisdictionIds[network.offerRow[offer]!] ?? "");
}

/** Id of a REQUIRES edge. */
export function requirementId(network: Network, requirement: number): string {
  const { requirementIds, requirementMaker, requirementInput, requirementSlot, itemRequirements, items } = network;
  const { firms, slots } = network;
  const maker = requirementMaker[requirement]!;
  const item = items[ownerOf(itemRequirements, requirement)]!;
  const rest = requirementRest(maker >= 0 ? item : null, slots[requirementSlot[requirement]!] ?? null);
  const input = items[requirementInput[requirement]!]!;
  return fullEdgeId(textAt(requirementIds, requirement), maker >= 0 ? firms[maker]! : item, "REQUIRES", input, rest);
}

/** Name of a requirement's slot, null where it is a slot of its own or there is no such requirement (-1). */
export function slotName({ requirementSlot, slots }: Network, requirement: number): string | null {
  return slots[requirementSlot[requirement] ?? -1] ?? null;
}

/** Id of a VARIANT_OF edge. */
export function variantId({ variantIds, variantItem, itemVariants, items }: Network, variant: number): string {
  const itemClass = items[ownerOf(itemVariants, variant)]!;
  return fullEdgeId(textAt(variantIds, variant), items[variantItem[variant]!]!, "VARIANT_OF", itemClass);
}

/** Id of an OWNS edge. */
export function stakeId({ ownerIds, ownerFirm, firmOwners, firms }: Network, stake: number): string {
  const owned = firms[ownerOf(firmOwners, stake)]!;
  return fullEdgeId(textAt(ownerIds, stake), firms[ownerFirm[stake]!]!, "OWNS", owned);
}

/** Id of a SOURCES_FROM edge. */
export function purchaseId({ purchaseIds, purchaseSeller, firmPurchases, firms }: Network, purchase: number): string {
  const buyer = firms[ownerOf(firmPurchases, purchase)]!;
  return fullEdgeId(textAt(purchaseIds, purchase), buyer, "SOURCES_FROM", firms[purchaseSeller[purchase]!]!);
}
