import "#app/i18n/english/meetings.ts";
import { Link } from "@remix-run/react";
import { decisionReference } from "#app/domain/decisions/decision.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = {
  /** address of the team */
  team: string;
  decisions: readonly { number: number; topic: string }[];
  tasks: readonly { number: number; title: string }[];
};

/** The decisions and cards that name the meeting, as ways to them. */
export function MadeList({ team, decisions, tasks }: Props) {
  const { t } = useTranslation();
  const made = [
    ...decisions.map(({ number, topic }) => ({ at: "decisions", reference: decisionReference(number), words: topic })),
    ...tasks.map(({ number, title }) => ({ at: "tasks", reference: taskReference(number), words: title })),
  ];
  if (made.length === 0) return <p className="prose">{t("meetings.page.noneMade")}</p>;
  return (
    <ul className="made">
      {made.map(({ at, reference, words }) => (
        <li key={reference}>
          <Link to={`${team}/${at}/${reference}`}>
            {reference} <bdi>{words}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
