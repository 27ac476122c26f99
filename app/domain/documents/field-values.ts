import { parseDate } from "@internationalized/date";
import { isState } from "../names/names.ts";
import { annexes, findField } from "../templates/agreement.ts";
import type { FieldType } from "../templates/fields.ts";
import { asRows, columnsOf, isPlace, isRowId, rowOfKey } from "./field-rows.ts";

/*
 * What the value of a field may be. Each key is judged by itself and by nothing beside it: of two values that stand,
 * one wins when people write at once, and what wins stands as well. Used by the collaboration server for what comes
 * through a socket, and by the panel before it writes.
 */
const longest = { line: 2_000, words: 60_000, items: 200, rows: 500 };

/** Values that follow from the team when the text is started, and never change: nobody writes them. */
export const givenForGood: readonly string[] = ["jitReference", "exerciseFlag"];

/** True when this may stand under this key of the map of fields. `null` takes a value away. */
export function mayStand(key: string, value: unknown): boolean {
  const at = rowOfKey(key);
  if (!at) return mayStandAlone(key, value);
  if (!isRowId(at.row) || !hasSoundPath(at.table)) return false;
  const columns = columnsOf(at.table);
  if (!columns) return false;
  if (isPlace(key)) return value === null || (typeof value === "string" && /^[A-Za-z][0-9A-Za-z]{0,99}$/.test(value));
  const column = columns.find(({ name }) => name === at.column);
  return column !== undefined && (value === null || fits(column.type, value));
}

function hasSoundPath(table: string): boolean {
  for (let at = rowOfKey(table); at; at = rowOfKey(at.table)) if (!isRowId(at.row)) return false;
  return true;
}

function mayStandAlone(name: string, value: unknown): boolean {
  const field = findField(name);
  if (!field || givenForGood.includes(name)) return false;
  // A sentence that the Convention asks for is worded, never taken away.
  if (field.fixed) return value === true;
  return value === null || fits(field.type, value);
}

/** True for a value of the kind, whole and within bounds. */
export function fits(type: FieldType, value: unknown): boolean {
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return isNumber(type, value);
    case "choice":
      return typeof value === "string" && type.options.includes(value);
    case "choices":
      return isListOf(value, (one) => typeof one === "string" && type.options.includes(one));
    case "annexes":
      return isListOf(value, isAnnex);
    case "country":
      return isState(value);
    case "countries":
      return isListOf(value, isState);
    case "language":
      return value === "none" || isLanguage(value);
    case "languages":
      return isListOf(value, isLanguage);
    case "date":
      return isDay(value) || (type.orTeam === true && (value === "start" || value === "end"));
    case "dates":
      return isListOf(value, isDay);
    case "duration":
      return isDuration(value, type.maxYears);
    case "zone":
      return isZone(value);
    case "recurrence":
      return isLine(value) && /^FREQ=(DAILY|WEEKLY|MONTHLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/.test(value);
    case "money":
      return isMoney(value);
    case "longText":
      return isWords(value) || isLocalized(value);
    case "localized":
      return isLine(value) || isLocalized(value);
    case "persons":
      return isListOf(value, isLine);
    case "text":
    case "person":
    case "authority":
    case "party":
      return isLine(value);
    case "table":
      return isTable(type.columns, value);
    case "computed":
      return false;
  }
}

const isLine = (value: unknown): value is string => typeof value === "string" && value.length <= longest.line;
const isWords = (value: unknown) => typeof value === "string" && value.length <= longest.words;

/** In the order in which they were chosen; the same one twice is a slip of two people who chose it at once. */
function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= longest.items && value.every(isOne);
}

function isNumber({ integer, min, max }: Extract<FieldType, { kind: "number" }>, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value) || (integer && !Number.isInteger(value))) return false;
  return value >= (min ?? 0) && value <= (max ?? 1_000_000_000);
}

/** A day of the calendar, "2026-11-25", in a year in which teams work. */
function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^(19|2[01])\d\d-\d\d-\d\d$/.test(value)) return false;
  try {
    return parseDate(value).toString() === value;
  } catch {
    return false;
  }
}

const durationParts = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** Longer than nothing; by the longest that a month and a year can be. Clause C05 allows 20 years. */
export function isDuration(value: unknown, maxYears = 20): boolean {
  const parts = typeof value === "string" ? durationParts.exec(value) : null;
  if (!parts) return false;
  const [years = 0, months = 0, weeks = 0, days = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const all = years * 366 + months * 30.5 + weeks * 7 + days;
  return all > 0 && all <= maxYears * 366;
}

/** A name of the IANA list that this machine knows. */
function isZone(value: unknown): boolean {
  if (typeof value !== "string" || !/^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/.test(value)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: value }));
  } catch {
    return false;
  }
}

/** A tag of BCP 47. */
function isLanguage(value: unknown): boolean {
  if (typeof value !== "string" || value.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isLocalized(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const texts = Object.entries(value);
  return texts.length <= 50 && texts.every(([tag, text]) => isLanguage(tag) && isWords(text));
}

const currencies = /^[A-Z]{3}$/;

/** An amount as it was typed, so that nothing is rounded, and a currency of ISO 4217. */
export function isMoney(value: unknown): value is { amount: string; currency: string } {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  if (typeof amount !== "string" || typeof currency !== "string") return false;
  return /^\d{1,15}(\.\d{1,4})?$/.test(amount) && currencies.test(currency);
}

const annexIds = new Set(annexes.map(({ id }) => id));
/** "A3", or one of several: "A2-1". */
function isAnnex(value: unknown): boolean {
  return typeof value === "string" && /^A\d{1,2}(-\d{1,3})?$/.test(value) && annexIds.has(value.split("-")[0] ?? "");
}

function isTable(columns: Extract<FieldType, { kind: "table" }>["columns"], value: unknown): boolean {
  if (!Array.isArray(value) || value.length > longest.rows) return false;
  const rows = asRows(value, columns);
  if (rows.length !== value.length) return false;
  return rows.every((cells) =>
    Object.entries(cells).every(([name, cell]) => {
      const column = columns.find((one) => one.name === name);
      return column !== undefined && (cell === null || fits(column.type, cell));
    }),
  );
}
