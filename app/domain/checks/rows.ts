import type { Fields } from "../documents/field-text.ts";
import type { Place } from "./finding.ts";

export type Row = Readonly<Record<string, unknown>>;

/** The rows of a table field; values come from people through a socket, so what is no row is left out. */
export function rowsOf(fields: Fields | Row, name: string): Row[] {
  const value = fields[name];
  if (!Array.isArray(value)) return [];
  return value.filter((row): row is Row => typeof row === "object" && row !== null && !Array.isArray(row));
}

/** Where a row of a table field stands; the column is where its fault is mended. */
export function cellOf(fields: Fields, name: string, row: Row, column: string): Place {
  return { kind: "field", field: name, cell: { row: rowsOf(fields, name).indexOf(row), column } };
}

export function listOf(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** The words of a value: a text, or the first of a text in several languages; "" when there are none. */
export function wordsOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  const first = Object.values(value).find((one) => typeof one === "string" && one.trim() !== "");
  return typeof first === "string" ? first.trim() : "";
}

export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value == null || value === "" || (typeof value === "object" && wordsOf(value) === "");
}

/** Those of the States for which no row names them in the column. */
export function withoutRow(states: readonly string[], rows: readonly Row[], column: string): string[] {
  const named = new Set(rows.map((row) => row[column]));
  return states.filter((state) => !named.has(state));
}

const day = /^\d{4}-\d\d-\d\d$/;

/** A calendar day, or null for anything else, such as "start" or "". Days compare as texts. */
export function dayOf(value: unknown): string | null {
  return typeof value === "string" && day.test(value) ? value : null;
}
