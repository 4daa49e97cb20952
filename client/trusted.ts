/**
 * The one door to what a browser takes for markup or code: the page's content policy (`trusted-types`) lets nothing else
 * make either. Browsers that know no Trusted Types take the texts as they are.
 */
interface Policy {
  createHTML(markup: string): string;
  createScriptURL(address: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  createHTML: (markup) => markup,
  createScriptURL: (address) => {
    if (new URL(address).origin !== location.origin) throw new TypeError(`${address} is none of this page's scripts`);
    return address;
  },
};

const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;
const policy = factory?.createPolicy("liantu", rules) ?? rules;

/** A document for a frame in which nothing runs. */
export function frameDocument(markup: string): string {
  return policy.createHTML(markup);
}

/** @throws TypeError where the script is of another origin */
export function ownScript(address: string): string {
  return policy.createScriptURL(address);
}
