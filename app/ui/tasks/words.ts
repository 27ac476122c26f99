import "#app/i18n/english/tasks.ts";
import type { TFunction } from "i18next";
import { stateName } from "#app/domain/names/names.ts";
import type { BoardColumn, Card } from "#app/domain/tasks/task.ts";
import { formatDay, zoneName } from "#app/i18n/dates.ts";

export function columnInWords(t: TFunction, column: Pick<BoardColumn, "name" | "kind"> | undefined): string {
  return column?.name || (column?.kind ? t(`tasks.columns.${column.kind}`) : "");
}

/** "Thu 3 Dec" in lists, with the time and the place of the zone where a time is set. */
export function dueInList(due: string, zone: string, language: string): string {
  const [day = "", time] = due.split("T");
  return time ? `${formatDay(day, language, "list")}, ${time} ${zoneName(zone)}` : formatDay(day, language, "list");
}

export function dueInFull(t: TFunction, typed: string, zone: string, language: string): string {
  const [date = "", time] = typed.split("T");
  const day = formatDay(date, language, "full");
  const said = { day, zone: zoneName(zone) };
  return time ? t("tasks.page.atTime", { ...said, time }) : t("tasks.page.endOfDay", said);
}

export function visibleInWords(t: TFunction, card: Pick<Card, "handling" | "handlingState">, language: string): string {
  return t(`tasks.visible.${card.handling}`, { state: stateName(card.handlingState ?? "", language) });
}
