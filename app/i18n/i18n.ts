import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { english } from "./english.ts";
import { interfaceLanguage } from "./languages.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof english };
  }
}

/**
 * A fresh instance for one request or one browser: on the server two people with two languages must never share one.
 * Ready when it returns, because the words are in the bundle.
 */
export function createI18n(language: string): i18n {
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: interfaceLanguage(language),
    fallbackLng: "en",
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    react: { useSuspense: false },
  });
  return instance;
}
