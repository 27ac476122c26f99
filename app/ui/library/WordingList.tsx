import { languageName } from "#app/domain/names/names.ts";
import type { Segment } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { WordingText } from "./WordingText.tsx";

/** One wording of a clause, ready to be shown. */
export type ShownWording = { language: string; paragraphs: Segment[][] };

/** A clause in each of its languages. */
export function WordingList({ wordings }: { wordings: readonly ShownWording[] }) {
  const { i18n } = useTranslation();
  return (
    <>
      {wordings.map(({ language, paragraphs }) => (
        <div className="lib-language" key={language}>
          <h3>{languageName(language, i18n.language)}</h3>
          <WordingText paragraphs={paragraphs} language={language} />
        </div>
      ))}
    </>
  );
}
