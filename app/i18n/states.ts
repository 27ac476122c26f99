/** Names that the standard tables give otherwise than the organisation of States does. */
const formalNames: Record<string, Record<string, string>> = {
  en: { GM: "The Gambia", HK: "Hong Kong, China", MO: "Macao, China", CZ: "Czechia", TR: "Türkiye" },
};

/**
 * The name of a State by its ISO 3166 code, in the reader's language. Codes of organisations (UNODC, INTERPOL) are
 * their own names. The table of names is that of the runtime, so server and browser may differ in rare names; the
 * server's wins where the page marks it with suppressHydrationWarning.
 */
export function stateName(code: string, language: string): string {
  const formal = formalNames[language.split("-")[0] ?? ""]?.[code];
  if (formal) return formal;
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return displayNames(language).of(code) ?? code;
}

/** Parties in the order of treaty practice: the reader's own State first, then by name in the reader's language. */
export function inReadersOrder<Party extends { code: string; own?: boolean }>(
  parties: readonly Party[],
  language: string,
): Party[] {
  const collator = new Intl.Collator(language);
  return [...parties].sort(
    (a, b) =>
      Number(b.own ?? false) - Number(a.own ?? false) ||
      collator.compare(stateName(a.code, language), stateName(b.code, language)),
  );
}

const made = new Map<string, Intl.DisplayNames>();
function displayNames(language: string): Intl.DisplayNames {
  const known = made.get(language);
  if (known) return known;
  const names = new Intl.DisplayNames([language, "en"], { type: "region" });
  made.set(language, names);
  return names;
}
