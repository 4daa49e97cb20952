import { ENUMS } from "../ontology.ts";

/** Product categories in the order of the ontology: `Network.itemCategory` holds positions in it. */
export const PRODUCT_CATEGORIES: readonly string[] = Object.keys(ENUMS.ProductCategory);
/** Offer levels in the order of the ontology: `Network.offerLevel` holds positions in it. */
export const OFFER_LEVELS: readonly string[] = Object.keys(ENUMS.OfferLevel);
/** Readiness in ascending order: `Network.offerReadiness` holds positions in it. */
export const READINESS: readonly string[] = Object.keys(ENUMS.Readiness);
