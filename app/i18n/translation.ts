import type { i18n, TFunction } from "i18next";
import { createContext, useContext } from "react";
import { i18nIn } from "./i18n.ts";

export type Translation = { t: TFunction; i18n: i18n };

const made = new Map<i18n, Translation>();

/** What the provider of a page carries: made once a language, because every component asks for it. */
export function translationIn(language: string): Translation {
  const words = i18nIn(language);
  const known = made.get(words) ?? { t: words.t, i18n: words };
  made.set(words, known);
  return known;
}

export const TranslationContext = createContext<Translation | null>(null);

/**
 * The words of the page, in its language. Another language is another provider, so nothing listens for a change: the
 * hook of react-i18next does, and copies the whole instance in every component.
 */
export function useTranslation(): Translation {
  const translation = useContext(TranslationContext);
  if (!translation) throw new Error("no language is provided here");
  return translation;
}
