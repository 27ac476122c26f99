import { languageName, stateName } from "#app/domain/names/names.ts";
import { zones } from "./zones.ts";

/** Codes of States, as ISO 3166-1 alpha-2 has them. */
const codes =
  "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NU NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW".split(
    " ",
  );

export type Choice = { value: string; label: string };

/** Every State by its name in the reader's language, in that language's order. */
export function stateChoices(language: string): Choice[] {
  const { compare } = new Intl.Collator(language);
  return codes.map((value) => ({ value, label: stateName(value, language) })).sort((a, b) => compare(a.label, b.label));
}

/** The six languages of the United Nations and languages of States that may be parties, as BCP 47 tags. */
const languageTags =
  "ar az be bg cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mk mn ms nl no pl pt ro ru sk sl sq sr sv sw tg th tk tr uk ur uz vi zh".split(
    " ",
  );

/** Languages by name in the reader's language, in that language's order; `more` adds tags in use that are not listed. */
export function languageChoices(language: string, more: readonly string[] = []): Choice[] {
  const { compare } = new Intl.Collator(language);
  return [...new Set([...languageTags, ...more])]
    .map((value) => ({ value, label: languageName(value, language) }))
    .sort((a, b) => compare(a.label, b.label));
}

/** UTC first, then the zones of the IANA list by their own names. */
export function zoneChoices(): Choice[] {
  return zones.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
