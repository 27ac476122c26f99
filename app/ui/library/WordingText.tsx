import "#app/i18n/english/library.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import type { Segment } from "#app/domain/templates/fields.ts";
import { directionOf } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = { paragraphs: readonly (readonly Segment[])[]; language: string };

/** A wording of the library as its readers see it: words, and in place of values what they are called. */
export function WordingText({ paragraphs, language }: Props) {
  return (
    <div className="lib-wording" lang={language} dir={directionOf(language)}>
      {paragraphs.map((segments, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a wording never move
        <p key={index}>
          {segments.map((segment, place) =>
            typeof segment === "string" ? (
              segment
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Value key={place} segment={segment} />
            ),
          )}
        </p>
      ))}
    </div>
  );
}

function Value({ segment: { field, yes, no } }: { segment: Exclude<Segment, string> }) {
  const { t } = useTranslation();
  const name = fieldLabel(field);
  return (
    <span className="lib-value" title={t("library.value", { name })}>
      <bdi>{yes === undefined ? name : [yes, no].filter(Boolean).join(" / ")}</bdi>
    </span>
  );
}
