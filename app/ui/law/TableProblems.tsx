import "#app/i18n/english/treaty-status.ts";
import { OctagonX } from "lucide-react";
import { useEffect, useRef } from "react";
import type { TableProblem } from "#app/domain/law/status-table.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { useProblem } from "../form-context.ts";
import { Icon } from "../Icon.tsx";

const mostShown = 50;

/** What stands against a table, line by line; takes focus as the problems of a form do. */
export function TableProblems({ problems }: { problems: readonly TableProblem[] }) {
  const { t } = useTranslation();
  const sentenceOf = useProblem();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems) box.current?.focus();
  }, [problems]);
  const said = ({ line, column, reason }: TableProblem) => {
    const sentence = sentenceOf(reason);
    if (column === null) return t("treatyStatus.import.problem", { line, sentence });
    return t("treatyStatus.import.problemAt", { line, column, sentence });
  };
  return (
    <div className="errors" role="alert" tabIndex={-1} ref={box} aria-label={t("shell.problem")}>
      <h2>
        <Icon of={OctagonX} />
        {t("shell.problem")}
      </h2>
      <p>
        {problems.length === 1
          ? t("treatyStatus.import.refusedOne")
          : t("treatyStatus.import.refused", { count: problems.length })}
      </p>
      <ul>
        {problems.slice(0, mostShown).map((problem) => (
          <li key={JSON.stringify(problem)}>{said(problem)}</li>
        ))}
      </ul>
      {problems.length > mostShown && <p>{t("treatyStatus.import.more", { count: mostShown })}</p>}
    </div>
  );
}
