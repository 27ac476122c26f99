import { directionOf, languages } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = {
  current: string;
  /** where a click on a language leads; only for languages the interface speaks */
  toOf?: (code: string) => string;
};

/** What the product is for, in the six languages of the Convention; choosing one chooses the interface. */
export function LanguageTerms({ current, toOf }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="six" aria-label={t("shell.sixTerms")}>
      {languages.map(({ code, name, term, complete }) => {
        const words = (
          <>
            <span className="six-lang">{name}</span>
            <span className="six-term" dir={directionOf(code)}>
              {term}
            </span>
          </>
        );
        return (
          <li key={code} lang={code}>
            {toOf && complete ? (
              <a href={toOf(code)} hrefLang={code} aria-current={code === current ? "true" : undefined}>
                {words}
              </a>
            ) : (
              <span className="six-row" data-current={code === current || undefined}>
                {words}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
