import { Check } from "lucide-react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";

type Props = {
  /** at the end of the head: "17 of 29 agreed" */
  summary?: string;
  clauses: readonly {
    id?: string;
    number: string | number;
    title: string;
    /** usually "#c14": a place on the same page */
    to: string;
    current?: boolean;
    /** "all" shows a check; otherwise "3/4" */
    agreed?: string;
  }[];
};

/** The clauses of the arrangement, below the sections of the team. */
export function ClauseList({ summary, clauses }: Props) {
  const { t } = useTranslation();
  return (
    <div className="outline">
      <p className="outline-head">
        <b>{t("shell.clauses")}</b>
        {summary && <span className="num">{summary}</span>}
      </p>
      <ul>
        {clauses.map(({ id, number, title, to, current, agreed }) => (
          <li key={id ?? to}>
            <a href={to} aria-current={current ? "true" : undefined}>
              <span className="o-no num">{number}</span>
              <span className="o-t" dir="auto">
                {title}
              </span>
              {agreed && (
                <span className="o-a num">
                  {agreed === "all" ? <AgreedByAll said={t("shell.clauseAgreed")} /> : agreed}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AgreedByAll({ said }: { said: string }) {
  return (
    <>
      <Icon of={Check} />
      <span className="vh">{said}</span>
    </>
  );
}
