import { CsvError, parse } from "csv-parse/sync";
import { WriteTreatyStatus } from "./recording.ts";
import { type DeclarationKind, isListedState, type TreatyStatus } from "./treaty-status.ts";

/** The heads of the columns, and the field of the form that each fills. All but the first stand for one value. */
const columns = {
  state: "state",
  party: "party",
  in_force_on: "inForceOn",
  article_35_2: "declarations.disputes",
  article_16_5: "declarations.extradition",
  article_18_13: "declarations.centralAuthority",
  article_18_14: "declarations.languages",
  other: "declarations.other",
  source: "source",
  looked_up_on: "lookedUpOn",
} as const;
type ColumnName = keyof typeof columns;
export const columnNames = Object.keys(columns) as ColumnName[];
const needed: readonly ColumnName[] = ["state", "party", "source", "looked_up_on"];

export const longestTable = 1_000_000;
/** Empty lines cost the reader of CSV most: a million of them stopped every page for half a minute. */
const mostLines = 20_000;

/** A line of the table that can be recorded; `line` counts the lines of the text from 1, the heads being the first. */
export type StatusRow = { line: number; state: string; status: TreatyStatus };
/** What stands against a line, or with line 1 against the whole; the reason is a key of the problem sentences. */
export type TableProblem = { line: number; column: string | null; reason: string };

/**
 * Reads a table as spreadsheets paste and save it: heads first, cells parted by tabs, semicolons or commas, quoted where
 * they hold those or line breaks (RFC 4180). Gives every line that can be used and everything that stands against the
 * others; a caller that records must refuse the whole as long as something does.
 */
export function readStatusTable(text: string): { rows: StatusRow[]; problems: TableProblem[] } {
  const whole = (reason: string, column: string | null = null) => ({
    rows: [],
    problems: [{ line: 1, column, reason }],
  });
  if (text.length > longestTable || breaksIn([text]) > mostLines) return whole("table-too-long");
  const records = recordsOf(text.replace(/^\ufeff/, ""));
  if (!records) return whole("table-quote");
  const [heads, ...lines] = records;
  if (!heads || lines.length === 0) return whole("table-empty");
  const names = heads.cells.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_"));
  const unknown = names.find((name) => !(name in columns));
  if (unknown !== undefined) return whole("table-column-unknown", unknown.slice(0, 40) || "–");
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return whole("table-column-twice", twice);
  const missing = needed.find((name) => !names.includes(name));
  if (missing) return whole("table-column-missing", missing);
  return readLines(names as ColumnName[], lines);
}

function readLines(names: readonly ColumnName[], lines: readonly TableRecord[]) {
  const rows: StatusRow[] = [];
  const problems: TableProblem[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of lines) {
    const refuse = (column: string | null, reason: string) => problems.push({ line, column, reason });
    if (cells.length !== names.length) {
      refuse(null, "table-cells");
      continue;
    }
    const cell = (name: ColumnName) => cells[names.indexOf(name)]?.trim() ?? "";
    const state = cell("state").toUpperCase();
    if (!isListedState(state)) refuse("state", state === "" ? "required" : "table-state-unknown");
    else if (seen.has(state)) refuse("state", "table-state-twice");
    seen.add(state);
    const read = WriteTreatyStatus.safeParse(fieldsOf(cell));
    for (const { path, message } of read.error?.issues ?? []) refuse(columnOf(path.join(".")), message);
    if (read.success) rows.push({ line, state, status: read.data });
  }
  return { rows, problems };
}

function fieldsOf(cell: (name: ColumnName) => string) {
  const declarations: Partial<Record<DeclarationKind, string>> = {
    disputes: cell("article_35_2"),
    extradition: cell("article_16_5"),
    centralAuthority: cell("article_18_13"),
    languages: cell("article_18_14"),
    other: cell("other"),
  };
  const orAbsent = (text: string) => (text === "" ? undefined : text);
  return {
    party: orAbsent(cell("party").toLowerCase()),
    inForceOn: cell("in_force_on"),
    declarations,
    source: cell("source"),
    lookedUpOn: orAbsent(cell("looked_up_on")),
  };
}

function columnOf(field: string): string {
  return columnNames.find((name) => columns[name] === field) ?? field;
}

/** A record of the text; `line` is the one it begins on. */
type TableRecord = { line: number; cells: string[] };

/** The records without empty ones; null when a quote is not closed. */
function recordsOf(text: string): TableRecord[] | null {
  try {
    const found = parse(text, {
      info: true,
      delimiter: separatorOf(text),
      record_delimiter: ["\r\n", "\n"],
      ltrim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // The library counts the line a record ends on; breaks inside it stand in its cells.
    return found.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record }));
  } catch (error) {
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED") return null;
    throw error;
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
}

/** By the line of the heads, whose names hold none of them. */
function separatorOf(text: string): string {
  const heads = text.slice(0, text.search(/[\r\n]|$/));
  return ["\t", ";"].find((sign) => heads.includes(sign)) ?? ",";
}
