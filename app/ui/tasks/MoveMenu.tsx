import "#app/i18n/english/tasks.ts";
import { Link, useLocation } from "@remix-run/react";
import { ArrowDown, ArrowUp } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import type { MenuEntry } from "../MenuButton.tsx";
import { MoveForm } from "./MoveForm.tsx";
import type { Wanted } from "./moves.ts";
import { columnInWords } from "./words.ts";

const load = () => import("../MenuList.tsx");
const MenuList = lazy(load);

/** The card whose list of places is open, by its id, and the element it stands at. */
export type OpenMenu = { task: string; at: HTMLElement };
type OpenerProps = {
  card: Card;
  columns: readonly BoardColumn[];
  base: string;
  /** the address asks for the list in the card, as it does where there is no script */
  openFirst: boolean;
  isOpen: boolean;
  open: (menu: OpenMenu) => void;
};

/** Opens the list of places of a card. Without script it is a link to the same page with the places in the card. */
export function MoveOpener({ card, columns, base, openFirst, isOpen, open }: OpenerProps) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const opener = useRef<HTMLAnchorElement>(null);
  const task = taskReference(card.number);
  // The card of an open list may be moved by somebody else: the list follows it to where it stands now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the card comes to stand here
  useEffect(() => {
    if (isOpen && opener.current) open({ task: card.id, at: opener.current });
  }, []);
  const withMove = new URLSearchParams(search);
  withMove.set("move", task);
  return (
    <>
      <Link
        ref={opener}
        to={`?${withMove}`}
        className="card-move"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        role="button"
        data-move={task}
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => {
          event.preventDefault();
          open({ task: card.id, at: event.currentTarget });
        }}
      >
        {t("tasks.moveTo")}
        <span className="vh">, {task}</span>
      </Link>
      {openFirst && <MoveForm {...{ card, columns, base, search }} />}
    </>
  );
}

type MenuProps = {
  card: Card;
  columns: readonly BoardColumn[];
  base: string;
  at: HTMLElement;
  close: () => void;
  move: (wanted: Wanted) => void;
};

/** Where a card may go: by mouse, by touch and by keyboard. One for the board, so that it outlives a move of its card. */
export function MoveMenu({ card, columns, base, at, close, move }: MenuProps) {
  const { t } = useTranslation();
  const button = useMemo(() => ({ current: at }), [at]);
  const task = taskReference(card.number);
  const items: MenuEntry[] = [
    ...columns.map((column) => {
      const here = column.id === card.columnId;
      const asksWhy = column.kind === "blocked" && !here;
      return {
        id: column.id,
        label: <bdi>{columnInWords(t, column)}</bdi>,
        textValue: columnInWords(t, column),
        current: here,
        sub: here ? t("tasks.now") : asksWhy ? t("tasks.asksWhy") : undefined,
        to: asksWhy ? `${base}/${task}?column=${column.id}#move` : undefined,
      };
    }),
    { id: "up", label: t("tasks.up"), icon: ArrowUp, sub: <kbd>Alt ↑</kbd> },
    { id: "down", label: t("tasks.down"), icon: ArrowDown, sub: <kbd>Alt ↓</kbd> },
  ];
  const onAction = (to: string) => {
    if (to === "up" || to === "down") move({ task: card.id, column: card.columnId, place: to });
    else if (!items.find(({ id }) => id === to)?.to) move({ task: card.id, column: to, place: "last" });
  };
  const label = t("tasks.moveLabel", { task });
  return (
    <Suspense>
      <MenuList
        label={label}
        head={label}
        placement="bottom end"
        isOpen
        onOpenChange={(isOpen) => !isOpen && close()}
        {...{ items, onAction, button }}
      />
    </Suspense>
  );
}
