import { DEFAULT_POLICY, type Policy } from "../../graph/analysis/policy.ts";
import { publicError } from "../errors.ts";

/** What GraphQL hands over: every field may be absent or null. */
export type PolicyInput = { readonly [Field in keyof Policy]?: Policy[Field] | null };

const CODE = /^[A-Z]{2}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LIST_LIMIT = 1_000;

/**
 * The policy of a call: what the caller gave over the defaults.
 *
 * @throws BAD_USER_INPUT that names the field and what it takes
 */
export function toPolicy(input: PolicyInput | null | undefined): Policy {
  const given = Object.entries(input ?? {}).filter(
    ([field, value]) => value != null || field === "maxTier" || field === "asOf",
  );
  const policy: Policy = { ...DEFAULT_POLICY, ...Object.fromEntries(given) };
  const extraOffers = policy.extraOffers.map((offer) => ({
    item: offer.item,
    firm: offer.firm ?? null,
    cost: offer.cost ?? null,
  }));
  for (const code of policy.restricted) mustBeCode(code, "policy.restricted");
  mustBeCode(policy.home, "policy.home");
  mustHold(
    policy.ownershipThreshold > 0 && policy.ownershipThreshold <= 1,
    "policy.ownershipThreshold",
    "a number over 0 and up to 1",
  );
  mustHold(policy.minShare >= 0 && policy.minShare <= 1, "policy.minShare", "a number from 0 to 1");
  mustHold(
    policy.maxTier === null || (policy.maxTier >= 0 && policy.maxTier <= 100),
    "policy.maxTier",
    "a whole number from 0 to 100, or null",
  );
  mustHold(policy.asOf === null || isDay(policy.asOf), "policy.asOf", "a day like 2025-05-12");
  mustHold(
    extraOffers.every(({ cost }) => cost === null || cost >= 0),
    "policy.extraOffers.cost",
    "a number of at least 0",
  );
  for (const [field, list] of Object.entries({ restricted: policy.restricted, removed: policy.removed, extraOffers })) {
    mustBeShort(list, `policy.${field}`);
  }
  return { ...policy, extraOffers };
}

/** @throws BAD_USER_INPUT for a list longer than `most` */
export function mustBeShort(list: readonly unknown[], name: string, most: number = LIST_LIMIT): void {
  mustHold(list.length <= most, name, `a list of at most ${most}; this has ${list.length}`);
}

/** @throws BAD_USER_INPUT for what is no ISO 3166-1 alpha-2 code */
export function mustBeCode(code: string, name: string): void {
  mustHold(CODE.test(code), name, `ISO 3166-1 alpha-2 codes such as US; ${JSON.stringify(code.slice(0, 20))} is none`);
}

/** @throws BAD_USER_INPUT for what is not from 0 to 1e12 */
export function mustBeBudget(budget: number): void {
  mustHold(budget >= 0 && budget <= 1e12, "budget", "a number from 0 to 1e12");
}

/** Whether a text is a day of the calendar (YYYY-MM-DD): 2025-02-30 is none. */
export function isDay(text: string): boolean {
  return DAY.test(text) && new Date(text).toJSON()?.startsWith(text) === true;
}

function mustHold(holds: boolean, name: string, takes: string): void {
  if (!holds) throw publicError("BAD_USER_INPUT", `${name} takes ${takes}.`);
}
