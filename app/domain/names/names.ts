import { names } from "./english.ts";

/** Lists of names for the languages that the interface speaks; for others the machine's own tables serve. */
const lists: Record<string, typeof names> = { en: names };

/**
 * The name of a State by its ISO 3166 code, in the reader's language. Codes of organisations (UNODC, INTERPOL) are
 * their own names.
 */
export function stateName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return listOf(language)?.states[code] ?? inTable(language, "region", code);
}

/** True for the code of a State, and for one that ISO 3166 leaves to its users, as exercises need them. */
export function isState(code: unknown): code is string {
  if (typeof code !== "string") return false;
  return Object.hasOwn(names.states, code) || /^(AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code);
}

/** The name of a language by its tag, in the reader's language. */
export function languageName(tag: string, language: string): string {
  const listed = listOf(language)?.languages;
  return listed && Object.hasOwn(listed, tag) ? (listed[tag] ?? tag) : inTable(language, "language", tag);
}

function listOf(language: string): typeof names | undefined {
  return lists[language.split("-")[0] ?? ""];
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

/** Codes may come through a socket, in any shape: what is none stands as it is. */
function inTable(language: string, type: "region" | "language", code: string): string {
  try {
    return tableOf(language, type).of(code) ?? code;
  } catch {
    return code;
  }
}

const tables = new Map<string, Intl.DisplayNames>();
function tableOf(language: string, type: "region" | "language"): Intl.DisplayNames {
  const key = `${language} ${type}`;
  const table = tables.get(key) ?? new Intl.DisplayNames([language, "en"], { type });
  tables.set(key, table);
  return table;
}
