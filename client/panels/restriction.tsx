import { Fragment } from "preact";
import type { Restriction as Shown } from "../api/substitution.ts";
import { countryName } from "../i18n/format.ts";
import { word } from "../i18n/index.ts";
import { language } from "../state/view.ts";
import { Name } from "./name.tsx";

/** Which jurisdiction an offer counts for, by what, and the owners behind that, the nearest first. */
export function Restriction({ of: { jurisdiction, ground, stakes } }: { readonly of: Shown }) {
  const owners = new Map(stakes.map(({ from }) => [from.id, from]));
  return (
    <span>
      {countryName(jurisdiction, language.value)} · {word("ground", ground)}
      {[...owners.values()].map((owner) => (
        <Fragment key={owner.id}>
          {" ← "}
          <Name of={owner} />
        </Fragment>
      ))}
    </span>
  );
}
