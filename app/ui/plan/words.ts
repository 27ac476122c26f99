import "#app/i18n/english/plan.ts";
import type { TFunction } from "i18next";
import { Ban, CircleCheck, CircleDot, type LucideIcon } from "lucide-react";
import { stateName } from "#app/domain/names/names.ts";
import { fieldsOf, type PlanFieldName, type PlanKind } from "#app/domain/plan/kinds.ts";
import type { PlanRow, Standing } from "#app/domain/plan/row.ts";
import { listOf } from "#app/domain/plan/row.ts";
import type { Unit } from "#app/domain/plan/scale.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import { daysUntil, formatDay, zoneName } from "#app/i18n/dates.ts";
import type { plan } from "#app/i18n/english/plan.ts";
import type { StatusTone } from "../Status.tsx";

export type Named = { members: readonly Holder[]; parties: readonly { id: string; state: string }[]; language: string };
type Word = keyof typeof plan.choices;

/** The name of a field in its table. */
export function fieldLabel(t: TFunction, kind: PlanKind, name: string): string {
  const special = `plan.named.${kind}.${name}`;
  const said = t(special as "plan.fields.title", { defaultValue: "" });
  return said || t(`plan.fields.${name as PlanFieldName}`);
}

/** Names of the fields of a table, for sentences such as "Title is missing". */
export function fieldLabels(t: TFunction, kind: PlanKind): Record<string, string> {
  const names = [...fieldsOf(kind).map(({ name }) => name), "handling", "handlingParty"];
  return Object.fromEntries(names.map((name) => [name, fieldLabel(t, kind, name)]));
}

/** What stands in a field, in words; "" where nothing does. */
export function valueInWords(t: TFunction, kind: PlanKind, name: string, value: string, named: Named): string {
  const field = fieldsOf(kind).find((one) => one.name === name);
  const state = (id: string) => stateName(named.parties.find((one) => one.id === id)?.state ?? "", named.language);
  if (name === "handlingParty") return state(value);
  if (name === "handling") return value;
  if (!field || value === "") return "";
  if (field.is === "party") return state(value);
  if (field.is === "parties") return listOf(value).map(state).join(", ");
  if (field.is === "member") return named.members.find(({ id }) => id === value)?.latinName ?? "";
  if (field.is === "choice") return t(`plan.choices.${value as Word}`);
  if (field.is === "check") return value === "on" ? t("plan.yes") : "";
  if (field.is === "zone") return zoneName(value);
  if (field.is === "day" || field.is === "moment") return momentInWords(value, named.language);
  return value;
}

/** "Thu 3 Dec", with the time where one is set. */
export function momentInWords(typed: string, language: string): string {
  const [day = "", time] = typed.split("T");
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return "";
  return [formatDay(day, language, "list"), time].filter(Boolean).join(", ");
}

/** From and to of an action: "Mon 23 Nov – Fri 11 Dec". */
export function spanInWords(row: PlanRow, language: string): string {
  const { start = "", due = "", milestone } = row.values;
  const ends = milestone === "on" ? [due] : [start, due];
  return ends
    .filter(Boolean)
    .map((one) => momentInWords(one, language))
    .join(" – ");
}

export const standingTones: Record<Standing, StatusTone> = {
  done: "good",
  dropped: "plain",
  late: "stop",
  hold: "hold",
  waits: "plain",
  doing: "note",
  todo: "plain",
};
export const standingIcons: Partial<Record<Standing, LucideIcon>> = {
  done: CircleCheck,
  dropped: Ban,
  doing: CircleDot,
};

/** How an action stands, in words: "Late by 3 days". */
export function standingInWords(t: TFunction, row: PlanRow, standing: Standing, now: string): string {
  if (standing !== "late") return t(`plan.standing.${standing}`);
  const days = -daysUntil(row.lateFrom ?? now, now, row.values.timeZone || "UTC");
  // It is late from the first instant of the day after, and that day is the first of them.
  return days < 0 || !row.lateFrom
    ? t("plan.lateToday")
    : t("plan.late", { days: t("plan.lateDays", { count: days + 1 }) });
}

/** What stands at the beginning of a unit of the timeline: the day of a Monday, a month, a quarter, a year. */
export function tickInWords(t: TFunction, unit: Unit, day: string, language: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  if (unit === "week") return String(Number(date));
  if (unit === "year") return year;
  if (unit === "quarter") return t("plan.quarter", { number: (Number(month) + 2) / 3 });
  const name = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month: "short", timeZone: "UTC" });
  return name.format(new Date(`${day}T12:00:00Z`));
}
