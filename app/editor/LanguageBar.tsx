import "#app/i18n/english/editor.ts";
import { Link } from "@remix-run/react";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import type { Languages } from "./languages.ts";

type Props = { languages: Pick<Languages, "offered" | "begun">; shown: string };

/** The languages of the text, each by its own name, as ways to its words; nothing where there is only one. */
export function LanguageBar({ languages, shown }: Props) {
  const { t } = useTranslation();
  const all = [...new Set([...languages.offered, shown])];
  if (all.length < 2) return null;
  return (
    <nav className="text-languages" aria-label={t("editor.languages.label")}>
      {all.map((language) => (
        <Link
          key={language}
          to={`?text=${encodeURIComponent(language)}`}
          preventScrollReset
          aria-current={language === shown ? "page" : undefined}
        >
          <bdi lang={language}>{languageName(language, language)}</bdi>
          {!languages.begun.includes(language) && <span className="sub">{` ${t("editor.languages.notBegun")}`}</span>}
        </Link>
      ))}
    </nav>
  );
}
