import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import { type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = { cards: readonly Card[]; month: string; base: string; search: string };

/** A month with the tasks at the day they are due, by the calendar of each task's own zone. Weeks begin on Monday. */
export function TaskCalendar({ cards, month, base, search }: Props) {
  const { t, i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(`${i18n.language}-u-nu-latn-ca-gregory`, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  const first = new Date(`${month}-01T12:00:00Z`);
  const weeks = weeksOf(month);
  const due = new Map<string, Card[]>();
  for (const card of cards) due.set(card.due.slice(0, 10), [...(due.get(card.due.slice(0, 10)) ?? []), card]);
  const other = (by: number) => {
    const address = new URLSearchParams(search);
    address.set(
      "month",
      new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + by, 1)).toISOString().slice(0, 7),
    );
    address.delete("rows");
    return `?${address}`;
  };
  return (
    <section aria-label={name.format(first)}>
      <div className="viewbar">
        <Link className="btn small" to={other(-1)} preventScrollReset>
          {t("tasks.calendar.before")}
        </Link>
        <h2>{name.format(first)}</h2>
        <Link className="btn small" to={other(1)} preventScrollReset>
          {t("tasks.calendar.after")}
        </Link>
      </div>
      {![...due.keys()].some((day) => day.startsWith(month)) && <p className="hint">{t("tasks.calendar.none")}</p>}
      <div className="table-wrap">
        <table className="task-month">
          <thead>
            <tr>
              {(weeks[0] ?? []).map((day) => (
                <th key={day} scope="col">
                  {weekday.format(new Date(`${day}T12:00:00Z`))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => (
                  <td key={day}>
                    {day.startsWith(month) && (
                      <time className="num" dateTime={day}>
                        {Number(day.slice(8))}
                      </time>
                    )}
                    <ul>
                      {(due.get(day) ?? []).map((card) => (
                        <li key={card.id}>
                          <Link to={`${base}/${taskReference(card.number)}`}>
                            <span className="num">{taskReference(card.number)}</span> <bdi>{card.title}</bdi>
                          </Link>
                        </li>
                      ))}
                    </ul>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Days as "2026-12-03", seven a row, from the Monday on or before the first of the month. */
function weeksOf(month: string): string[][] {
  const first = new Date(`${month}-01T12:00:00Z`);
  const before = (first.getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Array.from({ length: Math.ceil((before + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_day, index) =>
      new Date(first.getTime() + (week * 7 + index - before) * 86_400_000).toISOString().slice(0, 10),
    ),
  );
}
