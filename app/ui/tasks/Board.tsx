import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import { Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { moreRows } from "#app/domain/tasks/filters.ts";
import { type Cut, shownIn } from "#app/domain/tasks/news.ts";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import { BoardCard, cardClass, type Looking } from "./BoardCard.tsx";
import { MovableCards } from "./MovableCards.tsx";
import { MoveMenu, type OpenMenu } from "./MoveMenu.tsx";
import type { Wanted } from "./moves.ts";
import { columnInWords } from "./words.ts";

type Props = Looking & {
  cut: Cut;
  /** in the order of the board, those on their way where they were dropped */
  cards: readonly Card[];
  move: (wanted: Wanted, dropped?: boolean) => void;
  mayAdd: boolean;
  /** reference of the card whose list of places is open, where there is no script */
  open: string | null;
  search: string;
};

/** The columns side by side; below each other on a phone. A long column begins with its first cards. */
export function Board({ cut, cards, mayAdd, search, ...looking }: Props) {
  const { t } = useTranslation();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const asked = cards.find(({ id }) => id === menu?.task);
  const inColumn = new Map<string, Card[]>(cut.columns.map(({ id }) => [id, []]));
  for (const card of cards) inColumn.get(card.columnId)?.push(card);
  const withMore = (column: string, rows: number) => {
    const address = new URLSearchParams(search);
    address.set("column", column);
    address.set("rows", String(rows));
    return `?${address}`;
  };
  return (
    <div className="board">
      {menu && asked && (
        <MoveMenu
          card={asked}
          columns={cut.columns}
          base={looking.base}
          at={menu.at}
          close={() => setMenu(null)}
          move={looking.move}
        />
      )}
      {cut.columns.map((column) => {
        const here = inColumn.get(column.id) ?? [];
        // What is on its way is here already, and counted only when it has come.
        const count = Math.max(shownIn(cut, column.id), here.length);
        const rest = count - here.length;
        return (
          <Column
            key={column.id}
            {...looking}
            {...{ column, count, setMenu }}
            columns={cut.columns}
            cards={here}
            inMenu={menu?.task ?? null}
          >
            {rest > 0 && (
              <p>
                <Link to={withMore(column.id, here.length + moreRows)} className="linklike" preventScrollReset>
                  {t("tasks.rest", { count: Math.min(rest, moreRows) })}
                  <span className="vh">, {columnInWords(t, column)}</span>
                </Link>
              </p>
            )}
            {mayAdd && (
              <p>
                <Link to={`${looking.base}/new?column=${column.id}`} className="btn quiet small">
                  <Icon of={Plus} />
                  <span>
                    {t("tasks.add")}
                    <span className="vh">, {columnInWords(t, column)}</span>
                  </span>
                </Link>
              </p>
            )}
          </Column>
        );
      })}
    </div>
  );
}

type ColumnProps = Omit<Props, "cut" | "mayAdd" | "search"> & {
  column: BoardColumn;
  columns: readonly BoardColumn[];
  count: number;
  /** card whose list of places is open */
  inMenu: string | null;
  setMenu: (menu: OpenMenu) => void;
  children: ReactNode;
};

function Column({ column, columns, cards, count, children, open, inMenu, setMenu, move, ...looking }: ColumnProps) {
  const { t } = useTranslation();
  const name = columnInWords(t, column);
  // Caught on its way in: the list takes arrows for itself.
  const byKey = (event: KeyboardEvent) => {
    const place = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const task = (event.target as Element).closest("[data-task]")?.getAttribute("data-task");
    const card = cards.find(({ number }) => taskReference(number) === task);
    if (!event.altKey || !place || !card || !looking.mayMove) return;
    event.preventDefault();
    event.stopPropagation();
    move({ task: card.id, column: column.id, place });
  };
  const full = column.cardLimit !== null && count >= column.cardLimit;
  return (
    <section className="board-column" aria-label={name} onKeyDownCapture={byKey}>
      <h2>
        <bdi>{name}</bdi> <span className="num n">{count}</span>
        {column.cardLimit !== null && (
          <span className="n">({t(full ? "tasks.limitReached" : "tasks.limit", { limit: column.cardLimit })})</span>
        )}
      </h2>
      {looking.mayMove ? (
        <MovableCards {...looking} {...{ column, columns, cards, name, open, inMenu, setMenu, move }} />
      ) : (
        <ul className="board-list">
          {cards.length === 0 && <li className="hint">{t("tasks.noCards")}</li>}
          {cards.map((card) => (
            <li key={card.id} className={cardClass(column)} data-task={taskReference(card.number)}>
              <BoardCard {...looking} card={card} column={column} />
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
