import "#app/i18n/english/tasks.ts";
import { isShown, readShown, sorted } from "#app/domain/tasks/filters.ts";
import { fileColumns } from "#app/domain/tasks/import.server.ts";
import { downloadTasks } from "#app/domain/tasks/reading.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { csvResponse, inJit } from "#app/http.server.ts";
import { i18nIn } from "#app/i18n/i18n.ts";
import { now } from "#app/platform/clock.ts";
import { columnInWords } from "#app/ui/tasks/words.ts";

/** The tasks that the page shows, as far as the reader sees them. Taking them away is itself an entry in the trail. */
export const loader = inJit("task.download", async ({ actor, jit, request }) => {
  const { t } = i18nIn("en");
  const shown = readShown(new URL(request.url).searchParams);
  const { columns, cards, descriptions } = await downloadTasks(actor, jit.id);
  const standing = { now: now().toISOString(), columns };
  const rows = sorted(
    cards.filter((card) => isShown(card, shown, standing)),
    shown,
    columns,
  ).map((card) => ({
    number: taskReference(card.number),
    title: card.title,
    description: descriptions[card.id] ?? "",
    column: columnInWords(
      t,
      columns.find(({ id }) => id === card.columnId),
    ),
    state: card.state ?? "",
    responsible: card.responsible ?? "",
    start: card.start,
    due: card.due,
    time_zone: card.timeZone,
    priority: card.priority,
    coercive: card.coercive ? "yes" : "no",
    authorisation: card.authorisation,
    handling: card.handling,
  }));
  return csvResponse(rows, { name: `${jit.reference}-tasks.csv`, columns: [...fileColumns] });
});
