import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import type { BoardColumn, Card } from "#app/domain/tasks/task.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { BoardCard, type Looking } from "./BoardCard.tsx";
import { columnInWords } from "./words.ts";

const mostInColumn = 100;

type Props = Looking & {
  columns: readonly BoardColumn[];
  cards: readonly Card[];
  mayAdd: boolean;
  /** reference of the card whose list of places is open, where there is no script */
  open: string | null;
  /** id of the column of which all cards are shown */
  whole: string | null;
  search: string;
};

/** The columns side by side; below each other on a phone. A long column begins with its first hundred cards. */
export function Board({ columns, cards, mayAdd, open, whole, search, ...looking }: Props) {
  const { t } = useTranslation();
  const inColumn = new Map<string, Card[]>(columns.map(({ id }) => [id, []]));
  for (const card of cards) inColumn.get(card.columnId)?.push(card);
  const showAll = (column: string) => {
    const address = new URLSearchParams(search);
    address.set("whole", column);
    return `?${address}`;
  };
  return (
    <div className="board">
      {columns.map((column) => {
        const all = inColumn.get(column.id) ?? [];
        const shown = whole === column.id ? all : all.slice(0, mostInColumn);
        return (
          <section key={column.id} className="board-column" aria-label={columnInWords(t, column)}>
            <h2>
              <bdi>{columnInWords(t, column)}</bdi> <span className="num n">{all.length}</span>
              {column.cardLimit !== null && (
                <span className="n">({t("tasks.limit", { limit: column.cardLimit })})</span>
              )}
            </h2>
            {shown.length === 0 && <p className="hint">{t("tasks.noCards")}</p>}
            <ul>
              {shown.map((card) => (
                <BoardCard
                  key={card.id}
                  {...looking}
                  card={card}
                  column={column}
                  columns={columns}
                  menuOpen={open === taskReference(card.number)}
                />
              ))}
            </ul>
            {shown.length < all.length && (
              <p>
                <Link to={showAll(column.id)} preventScrollReset>
                  {t("tasks.rest", { count: all.length - shown.length })}
                </Link>
              </p>
            )}
            {mayAdd && (
              <p>
                <Link to={`${looking.base}/new?column=${column.id}`} className="btn quiet small">
                  {t("tasks.add")}
                  <span className="vh">, {columnInWords(t, column)}</span>
                </Link>
              </p>
            )}
          </section>
        );
      })}
    </div>
  );
}
