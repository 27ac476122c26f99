import "#app/i18n/english/tasks.ts";
import { Form, Link } from "@remix-run/react";
import { ArrowDown, ArrowUp, Check } from "lucide-react";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import { columnInWords } from "./words.ts";

type Props = { card: Card; columns: readonly BoardColumn[]; base: string; search: string };

/** Where a card may go, as a form of plain buttons in the card: what the list of places is where there is no script. */
export function MoveForm({ card, columns, base, search }: Props) {
  const { t } = useTranslation();
  const task = taskReference(card.number);
  return (
    <Form method="post" action={`${base}?index&${search.slice(1)}`} preventScrollReset className="card-menu">
      <p>{t("tasks.moveLabel", { task })}</p>
      <input type="hidden" name="task" value={card.id} />
      <input type="hidden" name="here" value={card.columnId} />
      <ul>
        {columns.map((column) => (
          <li key={column.id}>
            {column.kind === "blocked" && column.id !== card.columnId ? (
              <Link to={`${base}/${task}?column=${column.id}#move`}>
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
          </button>
        </li>
        <li>
          <button type="submit" name="to" value="down">
            <Icon of={ArrowDown} />
            {t("tasks.down")}
          </button>
        </li>
      </ul>
    </Form>
  );
}
