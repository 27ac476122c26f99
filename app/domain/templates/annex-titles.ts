import { annexIdOf, findAnnexKind } from "./annex.ts";
import titles from "./annex-titles.json" with { type: "json" };

/**
 * The title of an annex ("A2-1" as "A2") in a language of the text, by BCP 47 tag: "zh-Hans" reads as "zh". English
 * where the title has not been put into that language. Not for the browser, whose words are those of the interface.
 */
export function annexTitle(annex: string, language: string): string {
  const inLanguages: Readonly<Record<string, string>> = titles[annexIdOf(annex)] ?? {};
  const primary = language.split("-", 1)[0] ?? "";
  const title = Object.hasOwn(inLanguages, primary) ? inLanguages[primary] : undefined;
  return title ?? findAnnexKind(annex)?.name ?? annex;
}
