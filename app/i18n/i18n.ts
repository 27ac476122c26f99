import { createInstance, type i18n } from "i18next";
import { actions } from "./english/actions.ts";
import { documents } from "./english/documents.ts";
import { jits } from "./english/jits.ts";
import { problems } from "./english/problems.ts";
import { roles } from "./english/roles.ts";
import { shell } from "./english/shell.ts";
import { signing } from "./english/signing.ts";
import { states } from "./english/states.ts";
import type { English, WordsOfEveryPage, WordsOfSomePages } from "./english.ts";
import { interfaceLanguage } from "./languages.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: English };
  }
}

const words: WordsOfEveryPage & Partial<WordsOfSomePages> = {
  shell,
  jits,
  documents,
  signing,
  problems,
  actions,
  roles,
  states,
};
const made = new Map<string, i18n>();

/**
 * Words of an area that not every page says, so that a page loads no words of others. Called by the file of the words
 * itself; a module that says them imports that file, and a page is drawn only after all its modules have run. Nothing
 * but a test sees a forgotten import (`i18n.test.ts`): the page would show the bare key.
 */
export function introduce(more: Partial<WordsOfSomePages>): void {
  Object.assign(words, more);
  for (const instance of made.values()) instance.addResourceBundle("en", "translation", more);
}

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
    resources: { en: { translation: { ...words } } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return instance;
}
