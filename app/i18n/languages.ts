/**
 * The six languages of the term, in the order of the sign-in page. `complete` says whether the interface speaks it;
 * names of States, dates and texts that people write are shown in every language already.
 */
export const languages = [
  { code: "en", name: "English", term: "Joint investigation team", complete: true },
  { code: "fr", name: "Français", term: "Équipe commune d’enquête", complete: false },
  { code: "es", name: "Español", term: "Equipo conjunto de investigación", complete: false },
  { code: "ru", name: "Русский", term: "Совместная следственная группа", complete: false },
  { code: "ar", name: "العربية", term: "فريق تحقيق مشترك", complete: false },
  { code: "zh", name: "中文", term: "联合调查组", complete: false },
] as const;

export type Language = (typeof languages)[number]["code"];

/** Languages a person can choose for the interface today. */
export const interfaceLanguages = languages.filter((language) => language.complete);

const rightToLeft = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** Which way the lines of a language run; takes any BCP 47 tag. */
export function directionOf(language: string): "ltr" | "rtl" {
  return rightToLeft.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** The language of the interface for what a person or a browser asked for; English when we do not speak it yet. */
export function interfaceLanguage(asked: string | null | undefined): Language {
  const code = asked?.split("-")[0];
  return interfaceLanguages.find((language) => language.code === code)?.code ?? "en";
}

/** The first language of an Accept-Language header that the interface speaks. */
export function acceptedLanguage(header: string | null): Language {
  const asked = (header ?? "").split(",").map((part) => part.split(";")[0]?.trim().split("-")[0]);
  return interfaceLanguages.find((language) => asked.includes(language.code))?.code ?? "en";
}
