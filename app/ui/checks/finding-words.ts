import "#app/i18n/english/checks.ts";
import type { Finding, Values } from "#app/domain/checks/finding.ts";
import { fieldLabel, labelOf } from "#app/domain/documents/labels.ts";
import { languageName, stateName } from "#app/domain/names/names.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";

/** (finding) → its sentence in the reader's language. */
export function useFindingSentence(): (finding: Finding) => string {
  const { t, i18n } = useTranslation();
  return ({ sentence, values }) => t(`checks.sentences.${sentence}`, said(values, i18n.language));
}

/** Codes become names, and words from the text keep their own direction inside the sentence. */
function said(values: Values, language: string) {
  const list = (names: readonly string[]) => new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  const day = (value: string | undefined) => (value === undefined ? "" : formatDay(value, language));
  const { states = [], languages = [], fields = [], choices, words = "", other = "", count = 0 } = values;
  return {
    states: list(states.map((state) => stateName(state, language))),
    languages: list(languages.map((one) => languageName(one, language))),
    fields: list(fields.map(fieldLabel)),
    choices: list((choices?.options ?? []).map((option) => labelOf(choices?.field ?? "", option))),
    words: isolated(words),
    other: isolated(other),
    count,
    day: day(values.day),
    until: day(values.until),
  };
}

const isolated = (text: string) => (text === "" ? "" : `\u2068${text}\u2069`);
