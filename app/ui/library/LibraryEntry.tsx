import "#app/i18n/english/library.ts";
import type { ReactNode } from "react";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "../Status.tsx";
import type { ShownWording } from "./WordingList.tsx";
import { WordingText } from "./WordingText.tsx";

/** A clause of the library in a list of those found. */
export type FoundClause = {
  reference: string;
  title: string;
  topic: string;
  source: string;
  whenToUse: string;
  languages: string[];
  retired: boolean;
  /** in the language that was asked for, or that in which the words were found */
  shown: ShownWording;
};

type Props = {
  clause: FoundClause;
  title: ReactNode;
  topic: string;
  /** of its heading: below a page's or a dialog's title */
  level?: 2 | 3;
  children?: ReactNode;
};

export function LibraryEntry({ clause, title, topic, level = 2, children }: Props) {
  const Heading = `h${level}` as const;
  const { t, i18n } = useTranslation();
  const names = clause.languages.map((tag) => languageName(tag, i18n.language));
  return (
    <li className="lib-entry">
      <Heading>{title}</Heading>
      <p className="lib-meta">
        <bdi className="num">{clause.reference}</bdi>
        <span>{topic}</span>
        <bdi>{clause.source}</bdi>
        <span>{new Intl.ListFormat(i18n.language).format(names)}</span>
        {clause.retired && <Status tone="warn">{t("library.retired")}</Status>}
      </p>
      <WordingText {...clause.shown} />
      {children}
    </li>
  );
}
