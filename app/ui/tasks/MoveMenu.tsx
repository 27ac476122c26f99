import "#app/i18n/english/tasks.ts";
import { Form, Link, useLocation } from "@remix-run/react";
import { ArrowDown, ArrowUp, Check } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import type { Wanted } from "./moves.ts";
import { columnInWords } from "./words.ts";

type Props = {
  card: Card;
  columns: readonly BoardColumn[];
  base: string;
  openFirst: boolean;
  move: (wanted: Wanted) => void;
};

/**
 * Where a card may go, as a list of plain buttons: by mouse, by touch and by keyboard. Without script the link leads to
 * the same page with the list open.
 */
export function MoveMenu({ card, columns, base, openFirst, move }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [open, setOpen] = useState(openFirst);
  const opener = useRef<HTMLAnchorElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const task = taskReference(card.number);
  useEffect(() => {
    if (open) list.current?.querySelector<HTMLElement>("button, a")?.focus();
  }, [open]);
  const withMove = new URLSearchParams(search);
  withMove.set("move", task);
  const onKeyDown = (event: KeyboardEvent) => {
    const choices = [...(list.current?.querySelectorAll<HTMLElement>("button, a") ?? [])];
    const at = choices.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (event.key === "Escape") {
      setOpen(false);
      opener.current?.focus();
    } else if (to !== undefined && !event.altKey) {
      event.preventDefault();
      choices.at(to % choices.length)?.focus();
    }
  };
  return (
    <>
      <Link
        ref={opener}
        to={`?${withMove}`}
        className="card-move"
        aria-expanded={open}
        role="button"
        data-move={task}
        onClick={(event) => {
          event.preventDefault();
          setOpen(!open);
        }}
      >
        {t("tasks.moveTo")}
        <span className="vh">, {task}</span>
      </Link>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows and Escape help in a list of buttons
        <div className="card-menu" ref={list} onKeyDown={onKeyDown}>
          <Form
            method="post"
            action={`${base}?index&${search.slice(1)}`}
            preventScrollReset
            onSubmit={(event) => {
              event.preventDefault();
              const to = ((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.value ?? "";
              setOpen(false);
              if (to === "up" || to === "down") move({ task: card.id, column: card.columnId, place: to });
              else move({ task: card.id, column: to, place: "last" });
            }}
          >
            <p>{t("tasks.moveLabel", { task })}</p>
            <input type="hidden" name="task" value={card.id} />
            <input type="hidden" name="here" value={card.columnId} />
            <Choices card={card} columns={columns} base={base} />
          </Form>
        </div>
      )}
    </>
  );
}

function Choices({ card, columns, base }: Omit<Props, "openFirst" | "move">) {
  const { t } = useTranslation();
  return (
    <ul>
      {columns.map((column) => (
        <li key={column.id}>
          {column.kind === "blocked" && column.id !== card.columnId ? (
            <Link to={`${base}/${taskReference(card.number)}?column=${column.id}#move`}>
              {columnInWords(t, column)}
              <span className="sub">{t("tasks.asksWhy")}</span>
            </Link>
          ) : (
            <button type="submit" name="to" value={column.id}>
              {column.id === card.columnId && <Icon of={Check} />}
              <bdi>{columnInWords(t, column)}</bdi>
              {column.id === card.columnId && <span className="sub">{t("tasks.now")}</span>}
            </button>
          )}
        </li>
      ))}
      <li>
        <button type="submit" name="to" value="up">
          <Icon of={ArrowUp} />
          {t("tasks.up")}
          <kbd className="sub">Alt ↑</kbd>
        </button>
      </li>
      <li>
        <button type="submit" name="to" value="down">
          <Icon of={ArrowDown} />
          {t("tasks.down")}
          <kbd className="sub">Alt ↓</kbd>
        </button>
      </li>
    </ul>
  );
}
