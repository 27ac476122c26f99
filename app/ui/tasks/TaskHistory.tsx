import "#app/i18n/english/tasks.ts";
import type { TFunction } from "i18next";
import type { Action } from "#app/domain/actions.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { FieldChange, History } from "#app/domain/tasks/history.server.ts";
import type { BoardColumn, Holder } from "#app/domain/tasks/task.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Section } from "../Section.tsx";
import { useTaskLabels } from "./TaskForm.tsx";
import { columnInWords } from "./words.ts";

type Known = { columns: readonly BoardColumn[]; members: readonly Holder[]; parties: readonly Party[] };
type Party = { id: string; state: string };
type Props = Known & { history: readonly History[]; zone: string };

/** The entries of the trail that speak of this card, newest first, each with what it changed. */
export function TaskHistory({ history, zone, ...known }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Section title={t("tasks.page.history")}>
      <ul className="task-talk">
        {history.map(({ seq, at, action, latinName, changes }) => (
          <li key={seq}>
            <span className="num">{seq}</span> · {t(`actions.${action as Action}`)} · <bdi>{latinName}</bdi> ·{" "}
            <span className="num">{formatInstant(at, { language: i18n.language, zone })}</span>
            {changes.length > 0 && (
              <dl className="task-changes">
                {changes.map((change) => (
                  <Change key={change.field} change={change} {...known} />
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Change({ change: { field, before, after }, ...known }: Known & { change: FieldChange }) {
  const { t, i18n } = useTranslation();
  const labels = useTaskLabels();
  const said = (value: string | null) =>
    value === null ? t("tasks.page.notForYou") : inWords(t, i18n.language, field, value, known);
  return (
    <div>
      <dt>{labels[field] ?? field}</dt>
      <dd>
        <del>
          <span className="vh">{t("tasks.page.before")} </span>
          <bdi>{said(before)}</bdi>
        </del>{" "}
        <ins>
          <span className="vh">{t("tasks.page.after")} </span>
          <bdi>{said(after)}</bdi>
        </ins>
      </dd>
    </div>
  );
}

function inWords(t: TFunction, language: string, field: string, value: string, known: Known): string {
  if (field === "coercive") return t(value ? "tasks.page.yes" : "tasks.page.no");
  if (value === "") return t("tasks.form.clashEmpty");
  if (field === "column") {
    const column = known.columns.find(({ id }) => id === value);
    return column ? columnInWords(t, column) : t("tasks.page.columnGone");
  }
  if (field === "member") return known.members.find(({ id }) => id === value)?.latinName ?? value;
  if (field === "party" || field === "handlingParty")
    return stateName(known.parties.find(({ id }) => id === value)?.state ?? "", language) || t("tasks.page.partyGone");
  return field === "priority" ? t(`tasks.priorities.${value as "low"}`) : value;
}
