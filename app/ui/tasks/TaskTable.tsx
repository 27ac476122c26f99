import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import { isLate, type Shown, sorts } from "#app/domain/tasks/filters.ts";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { EmptyState } from "../EmptyState.tsx";
import { Status } from "../Status.tsx";
import { CardFlags, CardHolder, type Looking } from "./BoardCard.tsx";
import { columnInWords, dueInList } from "./words.ts";

type Props = Looking & { columns: readonly BoardColumn[]; cards: readonly Card[]; shown: Shown; search: string };

/** The same tasks as lines. Each head sorts by itself, and the order stands in the address. */
export function TaskTable({ columns, cards, shown, search, ...looking }: Props) {
  const { t, i18n } = useTranslation();
  const words = {
    number: "number",
    title: "task",
    status: "status",
    who: "who",
    priority: "priority",
    due: "due",
  } as const;
  const sortBy = (sort: (typeof sorts)[number]) => {
    const address = new URLSearchParams(search);
    address.set("sort", sort);
    address.delete("rows");
    if (shown.sort === sort && !shown.down) address.set("down", "on");
    else address.delete("down");
    return `?${address}`;
  };
  if (cards.length === 0) return <EmptyState lead={t("tasks.none")}>{t("tasks.noneWhy")}</EmptyState>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="table-wrap" aria-label={t("tasks.table.label")} tabIndex={0}>
      <table className="t">
        <thead>
          <tr>
            {sorts.map((sort) => (
              <th
                key={sort}
                scope="col"
                aria-sort={shown.sort === sort ? (shown.down ? "descending" : "ascending") : undefined}
              >
                <Link to={sortBy(sort)} preventScrollReset>
                  {t(`tasks.table.${words[sort]}`)}
                </Link>
                {shown.sort === sort && (
                  <span className="vh">, {t(shown.down ? "tasks.table.sortedDown" : "tasks.table.sortedUp")}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => {
            const column = columns.find(({ id }) => id === card.columnId);
            return (
              <tr key={card.id}>
                <td className="num">{taskReference(card.number)}</td>
                <td>
                  <Link to={`${looking.base}/${taskReference(card.number)}`} dir="auto">
                    {card.title}
                  </Link>
                  <CardFlags card={card} column={column} />
                </td>
                <td>
                  <bdi>{columnInWords(t, column)}</bdi>
                </td>
                <td>
                  <CardHolder card={card} {...looking} />
                </td>
                <td>{t(`tasks.priorities.${card.priority}`)}</td>
                <td className="num">
                  {card.due && dueInList(card.due, card.timeZone, i18n.language)}{" "}
                  {isLate(card, looking.standing) && <Status tone="stop">{t("tasks.late")}</Status>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
