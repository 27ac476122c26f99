import "#app/i18n/english/editor.ts";
import { useState } from "react";
import { fieldText } from "#app/domain/documents/field-text.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { languageName } from "#app/domain/names/names.ts";
import { adviceOn } from "#app/domain/templates/advice.ts";
import type { Clause, Segment } from "#app/domain/templates/fields.ts";
import { directionOf } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { TextButton } from "#app/ui/TextButton.tsx";
import type { SharedFields } from "./shared-fields.ts";

type Insert = (wording: readonly Segment[], where: "caret" | "paragraph") => void;
type Props = { clause: Clause; fields: SharedFields; language: string; onInsert: Insert | null };

/** Ready words for the clause: ways to settle it, and the words it began with, in every language that has them. */
export function Wordings({ clause, fields, language, onInsert }: Props) {
  const { t, i18n } = useTranslation();
  const [said, setSaid] = useState("");
  const options = adviceOn(clause.id)?.options ?? [];
  const starting = Object.entries(clause.wording);
  const put: Insert = (wording, where) => {
    onInsert?.(wording, where);
    setSaid(t(`editor.wordings.done.${where}`));
  };
  const one = (title: string, wording: readonly Segment[], tongue: string) => (
    <li key={title}>
      <p className="w-h">{title}</p>
      <p className="w-t" lang={tongue} dir={directionOf(tongue)}>
        {wording.map((segment) => wordsOf(segment, fields, tongue)).join("")}
      </p>
      {onInsert && (
        <p className="w-acts">
          <TextButton aria-label={t("editor.wordings.atCaretOf", { title })} onPress={() => put(wording, "caret")}>
            {t("editor.wordings.atCaret")}
          </TextButton>
          <TextButton
            aria-label={t("editor.wordings.paragraphOf", { title })}
            onPress={() => put(wording, "paragraph")}
          >
            {t("editor.wordings.paragraph")}
          </TextButton>
        </p>
      )}
    </li>
  );
  return (
    <section>
      <h3>{t("editor.wordings.title")}</h3>
      <ol className="wordings">
        {options.map(({ title, wording }) => one(title, wording, "en"))}
        {starting.map(([tongue, wording]) =>
          one(
            tongue === language
              ? t("editor.wordings.starting")
              : t("editor.wordings.startingIn", { language: languageName(tongue, i18n.language) }),
            wording,
            tongue,
          ),
        )}
      </ol>
      <p className="vh" role="status">
        {said}
      </p>
    </section>
  );
}

/** Values as they would read, and the name of a field that has none yet. */
function wordsOf(segment: Segment, fields: SharedFields, language: string): string {
  if (typeof segment === "string") return segment;
  const { field, ...words } = segment;
  return fieldText({ name: field, ...words }, fields.values(), language) ?? `[${fieldLabel(field).toLowerCase()}]`;
}
