import { useTranslation } from "#app/i18n/translation.ts";

type Props = {
  /** in the person's own writing */
  name: string;
  latinName?: string | null;
  /** the language of the own writing, where it is known */
  lang?: string;
  /** own writing on a line of its own, in tables */
  below?: boolean;
  /** marks the reader */
  you?: boolean;
};

/**
 * A person: Latin letters first, so that everybody can read and call the name; the own writing after it, because that
 * is the name. An Arabic page shows an Arabic name alone.
 */
export function PersonName({ name, latinName, lang, below, you }: Props) {
  const { t, i18n } = useTranslation();
  const mark = you ? ` (${t("shell.you")})` : "";
  const first = latinName || name;
  const own = first !== name && name ? name : null;
  if (own && i18n.language === "ar" && isArabic(own)) {
    return (
      <span className="person">
        <bdi>{own}</bdi>
        {mark}
      </span>
    );
  }
  return (
    <span className="person">
      <bdi>{first}</bdi>
      {mark}
      {own && " "}
      {own && (
        <span className={below ? "below" : undefined}>
          <bdi className="native" lang={lang ?? scriptOf(own)}>
            {own}
          </bdi>
        </span>
      )}
    </span>
  );
}

const isArabic = (text: string) => /\p{Script=Arabic}/u.test(text);

/** Enough of a language to choose letters and line height, when the language itself is not known. */
function scriptOf(text: string): string | undefined {
  if (isArabic(text)) return "ar";
  if (/\p{Script=Han}/u.test(text)) return "zh";
  if (/\p{Script=Cyrillic}/u.test(text)) return "ru";
  return undefined;
}
