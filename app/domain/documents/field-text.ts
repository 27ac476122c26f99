import { parseDate, parseDuration } from "@internationalized/date";
import { languageName, stateName } from "../names/names.ts";
import { findField } from "../templates/agreement.ts";
import type { Column, FieldType } from "../templates/fields.ts";
import { asRows, isUnset as isEmpty } from "./field-rows.ts";
import { isDuration, isMoney } from "./field-values.ts";
import { labelOf } from "./labels.ts";

export type Fields = Readonly<Record<string, unknown>>;
/** How a field stands in a text: name, and words that its truth chooses. */
export type FieldReference = { name: string; yes?: string | null; no?: string | null };

/**
 * What a field reads as inside the text, or null when it has no value yet. Values come from people through a socket,
 * so every kind copes with what does not fit it by showing it as it is.
 */
export function fieldText(reference: FieldReference, fields: Fields, language: string): string | null {
  const value = fields[reference.name];
  if (reference.yes != null) return chooseWords(reference, value, language);
  if (reference.name === "expiryDate") return expiryText(fields, language);
  const type = findField(reference.name)?.type;
  if (!type || isEmpty(value)) return null;
  return insideSentence(type, valueText(reference.name, type, value, language));
}

/** Sentences that someone wrote end inside one of ours, which has its own full stop. Names and numbers keep theirs. */
function insideSentence(type: FieldType, text: string): string {
  return type.kind === "longText" ? text.replace(/(?<![.…])[.。]\s*$/, "") : text;
}

function chooseWords({ name, yes, no }: FieldReference, value: unknown, language: string): string {
  const holds = !isEmpty(value) && value !== false && value !== "none";
  if (!holds) return no ?? "";
  const type = findField(name)?.type;
  const words = type ? insideSentence(type, valueText(name, type, value, language)) : said(value);
  return (yes ?? "").replace("…", () => words);
}

/** Follows from the duration and, when the parties chose one, from the first day. */
function expiryText({ duration, entryIntoForceRule, fixedStart }: Fields, language: string): string {
  if (typeof duration !== "string") return "the day that the duration gives";
  const start = entryIntoForceRule === "fixed_date" ? dayOf(fixedStart) : null;
  if (start && isDuration(duration)) return dateText(start.add(parseDuration(duration)).toString(), language);
  return `the day ${durationText(duration, language)} after the start`;
}

function dayOf(value: unknown) {
  try {
    return parseDate(said(value));
  } catch {
    return null;
  }
}

/** One value in words. Dates and names of States, languages and lists follow the language of the text. */
export function valueText(name: string, type: FieldType, value: unknown, language: string): string {
  switch (type.kind) {
    case "choice":
      return labelOf(name, said(value));
    case "choices":
      return listText(value, (one) => labelOf(name, one), language);
    case "annexes":
      return listText(value, (one) => one, language);
    case "boolean":
      return value === true ? "yes" : "no";
    case "country":
      return stateName(said(value), language);
    case "countries":
      return listText(value, (one) => stateName(one, language), language);
    case "language":
      return languageName(said(value), language);
    case "languages":
      return listText(value, (one) => languageName(one, language), language);
    case "duration":
      return durationText(said(value), language);
    case "date":
      return dateText(said(value), language);
    case "dates":
      return listText(value, (one) => dateText(one, language), language);
    case "recurrence":
      return recurrenceText(said(value), language);
    case "money":
      return moneyText(value, language);
    case "localized":
      return localizedText(value, language);
    case "table":
      return "";
    default:
      return Array.isArray(value) ? listText(value, said, language) : localizedText(value, language);
  }
}

/** Rows of a table field as text, in the order of its columns; empty for anything that is not rows. */
export function tableText(name: string, fields: Fields, language: string): { columns: string[]; rows: string[][] } {
  const type = findField(name)?.type;
  const value = fields[name];
  if (type?.kind !== "table" || !Array.isArray(value)) return { columns: [], rows: [] };
  const rows = asRows(value, type.columns);
  const used = type.columns.filter((column) => rows.some((row) => !isEmpty(row[column.name])));
  return {
    columns: used.map((column) => column.name),
    rows: rows.map((row) =>
      used.map((column) => {
        const cell = row[column.name];
        return isEmpty(cell) ? "" : cellText(column, cell, language);
      }),
    ),
  };
}

/** A table inside a cell reads as its rows, one after the other. */
export function cellText({ name, type }: Column, cell: unknown, language: string): string {
  if (type.kind !== "table") return valueText(name, type, cell, language);
  const rows = asRows(cell, type.columns).map((row) =>
    type.columns
      .flatMap((column) => (isEmpty(row[column.name]) ? [] : [cellText(column, row[column.name], language)]))
      .join(", "),
  );
  return rows.join("; ");
}

/** Texts made before the guard may hold anything: an object that cannot be made a text by itself is shown as it is. */
function said(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function listText(value: unknown, word: (one: string) => string, language: string): string {
  const words = (Array.isArray(value) ? value : [value]).map((one) => word(said(one)));
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

function localizedText(value: unknown, language: string): string {
  if (typeof value !== "object" || value === null) return said(value);
  const byLanguage = value as Record<string, unknown>;
  const chosen = byLanguage[language] ?? byLanguage.en ?? Object.values(byLanguage)[0];
  return typeof chosen === "string" ? chosen : JSON.stringify(value);
}

const units = { Y: "year", M: "month", W: "week", D: "day" } as const;

/** "P12M" → "12 months". Anything else stays as it is. */
export function durationText(duration: string, language: string): string {
  const parts = [...duration.matchAll(/(\d+)([YMWD])/g)];
  if (!/^P(\d+[YMWD])+$/.test(duration) || parts.length === 0) return duration;
  const words = parts.map(([, count, unit]) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: units[unit as keyof typeof units],
      unitDisplay: "long",
      numberingSystem: "latn",
    }).format(Number(count)),
  );
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

/** Days that are known only when the team starts. */
const teamDays: Record<string, string> = { start: "first day of the team", end: "last day of the team" };

function dateText(date: string, language: string): string {
  if (Object.hasOwn(teamDays, date)) return teamDays[date] ?? date;
  const instant = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC", numberingSystem: "latn" }).format(
    instant,
  );
}

/** Rhythms of RFC 5545 as the panel offers them; others stay as they are. */
export const rhythm = /^FREQ=(DAILY|WEEKLY|MONTHLY)(?:;INTERVAL=(\d{1,2}))?(?:;BYDAY=(MO|TU|WE|TH|FR|SA|SU))?$/;
const steps = { DAILY: "day", WEEKLY: "week", MONTHLY: "month" } as const;
export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

function recurrenceText(rule: string, language: string): string {
  const [, step, count = "1", day] = rhythm.exec(rule) ?? [];
  if (!step) return rule;
  const every = count === "1" ? steps[step as keyof typeof steps] : `${count} ${steps[step as keyof typeof steps]}s`;
  return day ? `every ${every} on ${weekdayName(day, language)}` : `every ${every}`;
}

/** "TU" → "Tuesday". 1 January 2024 was a Monday. */
export function weekdayName(day: string, language: string): string {
  const at = new Date(Date.UTC(2024, 0, 1 + (weekdays as readonly string[]).indexOf(day)));
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(at);
}

function moneyText(value: unknown, language: string): string {
  if (!isMoney(value)) return localizedText(value, language);
  const digits = value.amount.split(".")[1]?.length ?? 0;
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, numberingSystem: "latn" });
  return `${number.format(value.amount as unknown as number)} ${value.currency}`;
}
