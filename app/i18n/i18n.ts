import { createInstance, type i18n } from "i18next";
import { english } from "./english.ts";
import { interfaceLanguage } from "./languages.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof english };
  }
}

const made = new Map<string, i18n>();

/**
 * The words in one language. Nobody may change the language of what this returns: requests in the same language share
 * it, because making one costs as much as a tenth of a page. Ready when it returns: the words are in the bundle.
 */
export function i18nIn(language: string): i18n {
  const known = made.get(interfaceLanguage(language)) ?? createI18n(language);
  made.set(interfaceLanguage(language), known);
  return known;
}

function createI18n(language: string): i18n {
  const instance = createInstance();
  instance.init({
    lng: interfaceLanguage(language),
    fallbackLng: "en",
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return instance;
}
