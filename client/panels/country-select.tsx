import { countryName } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { language } from "../state/view.ts";

/** Countries and regions of the industry, offered first; any other code is taken from the URL as well. */
const OFFERED = [
  "US",
  "NL",
  "JP",
  "KR",
  "TW",
  "DE",
  "GB",
  "FR",
  "CH",
  "AT",
  "BE",
  "IT",
  "SE",
  "FI",
  "IL",
  "SG",
  "MY",
  "CA",
];

interface CountrySelectProps {
  readonly label: string;
  /** Codes that are not offered. */
  readonly without: readonly string[];
  readonly onPick: (code: string) => void;
  readonly testId: string;
}

/** Adds a country or region to a choice. */
export function CountrySelect({ label, without, onPick, testId }: CountrySelectProps) {
  return (
    <select
      class="input input-small"
      aria-label={label}
      data-testid={testId}
      value=""
      onChange={(event) => {
        if (event.currentTarget.value !== "") onPick(event.currentTarget.value);
        event.currentTarget.value = "";
      }}
    >
      <option value="">+ {t("policy.add")}</option>
      {OFFERED.filter((code) => !without.includes(code)).map((code) => (
        <option key={code} value={code}>
          {code} {countryName(code, language.value)}
        </option>
      ))}
    </select>
  );
}
