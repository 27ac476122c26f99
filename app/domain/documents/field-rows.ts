import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import type * as Y from "yjs";
import { allClauses, findField } from "../templates/agreement.ts";
import type { Column } from "../templates/fields.ts";

/*
 * Rows of a table beside the text. Every cell has a key of its own in the one map of fields ("leaders/3f2a/rank"), and
 * so has the place of every row ("leaders/3f2a/@"). A map inside the map would have to be made by somebody first, and
 * of two people who make it at once one would lose all the rows. Nothing is ever deleted: `null` takes a value or a row
 * away, because a deletion in Yjs does not say whose it is. A table may stand in a cell of another one.
 */
export type Cells = Readonly<Record<string, unknown>>;
/** `place`: fractional position among the rows; rows of the same place stand in the order of their ids. */
export type Row = { id: string; place: string; cells: Cells };

const placeKey = "@";
const rowId = /^[\w-]{1,40}$/;

/** The key of a cell, or of the table that stands in it. */
export const cellKey = (table: string, row: string, column: string) => `${table}/${row}/${column}`;
const placeOf = (table: string, row: string) => cellKey(table, row, placeKey);

/** The table and row of a key that belongs to one; null for the key of a field. */
export function rowOfKey(key: string): { table: string; row: string; column: string } | null {
  const end = key.lastIndexOf("/");
  const start = end < 1 ? -1 : key.lastIndexOf("/", end - 1);
  if (start < 1) return null;
  return { table: key.slice(0, start), row: key.slice(start + 1, end), column: key.slice(end + 1) };
}

export const isPlace = (key: string) => key.endsWith(`/${placeKey}`);
export const isRowId = (text: string) => rowId.test(text);

/** Everything that keys of their own say, by table and row; of the tables inside tables too. */
type Written = Map<string, Map<string, Record<string, unknown>>>;

function written(raw: Cells): Written {
  const tables: Written = new Map();
  for (const [key, value] of Object.entries(raw)) {
    for (let at = rowOfKey(key), inner = false; at; at = rowOfKey(at.table), inner = true) {
      const rows = tables.get(at.table) ?? new Map<string, Record<string, unknown>>();
      const cells = rows.get(at.row) ?? {};
      // Of a cell that holds a table only that it is there: its own rows have their own entry.
      if (!inner) cells[at.column] = value;
      tables.set(at.table, rows.set(at.row, cells));
    }
  }
  return tables;
}

/** The rows of a table in their order, those without any value too; `raw` is the map of fields as it stands. */
export function rowsOf(raw: Cells, table: string): Row[] {
  const columns = columnsOf(table);
  if (!columns) return [];
  const tables = written(raw);
  const above = rowOfKey(table);
  if (!above) return rowsWith(tables, table, columns, raw[table]);
  const around = rowsWith(tables, above.table, columnsOf(above.table) ?? [], raw[above.table]);
  return rowsWith(tables, table, columns, around.find(({ id }) => id === above.row)?.cells[above.column]);
}

/** `base`: rows that stand in the value itself, as texts have them that are older than keys for cells. */
function rowsWith(tables: Written, table: string, columns: readonly Column[], base: unknown): Row[] {
  const rows = new Map(baseRows(base, columns).map((row) => [row.id, row]));
  for (const [id, { [placeKey]: place, ...cells }] of tables.get(table) ?? []) {
    const before = rows.get(id);
    const at = place === undefined ? before?.place : place;
    if (typeof at === "string") rows.set(id, { id, place: at, cells: { ...before?.cells, ...cells } });
    else rows.delete(id);
  }
  return [...rows.values()].sort((a, b) => compare(a.place, b.place) || compare(a.id, b.id));
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/** Rows of a plain list, with ids that follow from what they hold, so that everybody names them alike. */
function baseRows(value: unknown, columns: readonly Column[]): Row[] {
  const items = asRows(value, columns);
  const places = generateNKeysBetween(null, null, items.length);
  const seen = new Map<string, number>();
  return items.map((cells, index) => {
    const print = fingerprint(JSON.stringify(cells));
    const times = seen.get(print) ?? 0;
    seen.set(print, times + 1);
    return { id: `o${print}${times > 0 ? `-${times}` : ""}`, place: places[index] ?? "", cells };
  });
}

/** A list as rows: an item that is no row fills the first column. */
export function asRows(value: unknown, columns: readonly Column[]): Cells[] {
  if (!Array.isArray(value)) return [];
  const [first] = columns;
  return value.flatMap((item): Cells[] => {
    if (typeof item === "object" && item !== null && !Array.isArray(item)) return [item as Cells];
    return typeof item === "string" && first ? [{ [first.name]: item }] : [];
  });
}

/** Names a row, nothing more: two that fall together would be the same row. FNV-1a, twice 32 bits. */
function fingerprint(text: string): string {
  return [0x811c9dc5, 0x01000193]
    .map((start) => {
      let hash = start;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}

/** The columns of a table, also of one that stands in a cell of another. */
export function columnsOf(table: string): readonly Column[] | null {
  const [name = "", ...steps] = table.split("/");
  const type = findField(name)?.type;
  let columns = type?.kind === "table" ? type.columns : null;
  for (let step = 1; columns && step < steps.length; step += 2) {
    const inner = columns.find((column) => column.name === steps[step])?.type;
    columns = inner?.kind === "table" ? inner.columns : null;
  }
  return steps.length % 2 === 0 ? columns : null;
}

const tableFields = allClauses.flatMap(({ fields }) => fields).filter(({ type }) => type.kind === "table");

/**
 * The fields as everybody reads them: each table as a list of rows, without rows that hold nothing. A table that has no
 * keys of its own stays as it is written.
 */
export function readFields(raw: Cells): Cells {
  const tables = written(raw);
  const fields = Object.fromEntries(Object.entries(raw).filter(([key]) => !key.includes("/")));
  for (const { name } of tableFields) {
    const columns = columnsOf(name);
    if (columns && tables.has(name)) fields[name] = plainRows(tables, name, columns, raw[name]);
  }
  return fields;
}

/** The ids of the rows as `readFields` lists them, of a table field. */
export function idsOfRead(raw: Cells, table: string): string[] {
  const columns = columnsOf(table);
  if (!columns) return [];
  const tables = written(raw);
  const asWritten = () => baseRows(raw[table], columns).map(({ id }) => id);
  return tables.has(table) ? filledRows(tables, table, columns, raw[table]).map(({ id }) => id) : asWritten();
}

function plainRows(tables: Written, table: string, columns: readonly Column[], base: unknown): Cells[] {
  return filledRows(tables, table, columns, base).map(({ cells }) => cells);
}

function filledRows(tables: Written, table: string, columns: readonly Column[], base: unknown) {
  return rowsWith(tables, table, columns, base)
    .map(({ id, cells }) => {
      const plain = Object.entries(cells).filter(([, value]) => value !== null && value !== undefined);
      for (const { name, type } of columns) {
        const inner = cellKey(table, id, name);
        if (type.kind === "table" && tables.has(inner))
          plain.push([name, plainRows(tables, inner, type.columns, cells[name])]);
      }
      return { id, cells: Object.fromEntries(plain) as Cells };
    })
    .filter(({ cells }) => Object.values(cells).some((value) => !isUnset(value)));
}

/** True for what counts as no value. */
export function isUnset(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

type Shared = Y.Map<unknown>;

/** Puts a row behind the others, or at `index` among them. */
export function addRow(fields: Shared, table: string, id: string, cells: Cells, index?: number): void {
  const rows = rowsOf(fields.toJSON(), table);
  writeRow(fields, table, id, cells, placeBetween(fields, table, rows, index ?? rows.length));
}

function writeRow(fields: Shared, table: string, id: string, cells: Cells, place: string): void {
  fields.set(placeOf(table, id), place);
  const columns = columnsOf(table) ?? [];
  for (const [name, value] of Object.entries(cells)) {
    const type = columns.find((column) => column.name === name)?.type;
    if (type?.kind !== "table") fields.set(cellKey(table, id, name), value);
    else writeRows(fields, cellKey(table, id, name), asRows(value, type.columns), (n) => `${id.slice(0, 30)}-${n}`);
  }
}

/** The row is no longer there; what it held stays for whoever puts it back. */
export function removeRow(fields: Shared, table: string, id: string): void {
  fields.set(placeOf(table, id), null);
}

/** The row stands at `index` among the others afterwards. */
export function moveRow(fields: Shared, table: string, id: string, index: number): void {
  const others = rowsOf(fields.toJSON(), table).filter((row) => row.id !== id);
  fields.set(placeOf(table, id), placeBetween(fields, table, others, index));
}

/** A place before the row at `index`. When two people took the same place, or it is none, all rows get new ones. */
function placeBetween(fields: Shared, table: string, rows: readonly Row[], index: number): string {
  try {
    return generateKeyBetween(rows[index - 1]?.place ?? null, rows[index]?.place ?? null);
  } catch {
    const places = generateNKeysBetween(null, null, rows.length + 1);
    rows.forEach(({ id }, at) => {
      fields.set(placeOf(table, id), places[at < index ? at : at + 1]);
    });
    return places[index] ?? "a0";
  }
}

/** First rows of a table; `newId` names the n-th. */
function writeRows(fields: Shared, table: string, rows: readonly Cells[], newId: (n: number) => string): void {
  const places = generateNKeysBetween(null, null, rows.length);
  rows.forEach((cells, n) => {
    writeRow(fields, table, newId(n), cells, places[n] ?? "a0");
  });
}

/**
 * Writes values as they are read: a list of rows gets a key for each cell. What a table held before is taken away, so
 * that this is also how a text from elsewhere replaces one.
 */
export function writeFields(fields: Shared, values: Cells, newId: () => string): void {
  for (const [name, value] of Object.entries(values)) {
    const columns = columnsOf(name);
    if (!columns || !Array.isArray(value)) {
      fields.set(name, value);
      continue;
    }
    for (const { id } of rowsOf(fields.toJSON(), name)) removeRow(fields, name, id);
    writeRows(fields, name, asRows(value, columns), newId);
  }
}
