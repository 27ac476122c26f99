import { firstNumberOf, numberedBlocks } from "../documents/clauses.ts";
import { isSafeLink } from "../documents/extensions.ts";
import { type FieldReference, type Fields, fieldText, tableText } from "../documents/field-text.ts";
import { fieldLabel } from "../documents/labels.ts";
import type { TextNode } from "../documents/text-node.ts";
import {
  breakable,
  type Direction,
  firstDirection,
  isolated,
  type Script,
  scriptRuns,
  settled,
} from "./script-runs.ts";

/**
 * A text as the template of the PDF lays it out: plain data, every number, direction and script decided here. The
 * template only places it, so that nothing anyone typed is ever read as Typst.
 */
export type Style = { bold?: true; italic?: true; underline?: true };
/** `field` and `href` only where a text is to be written on: the value it shows, and where a link leads. */
export type Run = { text: string; script: Script; field?: string; href?: string } & Style;
/** What stands at the foot of the page, with its number here. */
export type Note = { note: Line };
export type Line = { dir: Direction; runs: (Run | Note | { lineEnd: true })[] };
/** x and y are its place, so that a span typed by hand cannot push other cells about. */
export type Cell = { x: number; y: number; columns: number; rows: number; head: boolean; blocks: Block[] };
export type Block =
  | { kind: "paragraph"; label: string | null; line: Line }
  | { kind: "heading"; line: Line }
  | { kind: "list"; ordered: boolean; start: number; dir: Direction; items: Block[][] }
  | { kind: "table"; dir: Direction; weights: number[]; heads: Cell[][]; rows: Cell[][]; field?: string };
export type PrintedClause = { id: string; number: number; title: Line; blocks: Block[] };

/** `toWrite`: for a copy in which people go on writing; words stay whole, values and links keep what they are. */
type Reading = { fields: Fields; language: string; dir: Direction; longest: number; toWrite: boolean };

const rightToLeft = new Set(["ar", "fa", "he", "ur", "ps", "ckb"]);
const longestWord = 48;
/** In characters: about what a table of the full width holds in a line, at the size that the template sets it in. */
function tableWidth(columns: number): number {
  if (columns > 8) return 114;
  return columns > 5 ? 94 : 84;
}

export function directionOf(language: string): Direction {
  return rightToLeft.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** One language of a canonical text, clause by clause, numbered as on the screen. */
export function printedClauses(text: TextNode, fields: Fields, language: string, toWrite = false): PrintedClause[] {
  const longest = toWrite ? Number.POSITIVE_INFINITY : longestWord;
  const reading = { fields, language, dir: directionOf(language), longest, toWrite };
  const first = firstNumberOf(text);
  return (text.content ?? []).map((clause, place) => ({
    id: String(clause.attrs?.clauseId ?? ""),
    number: first + place,
    title: lineOf(clause.content?.[0], reading),
    blocks: numberedBlocks(clause, first + place).map(({ block, label }) => printedBlock(block, reading, label)),
  }));
}

/** A name or sentence that stands alone, in the direction of its letters. */
export function lineOfText(text: string, longest = longestWord): Line {
  const plain = settled(breakable(text, longest));
  return { dir: firstDirection(plain) ?? "ltr", runs: scriptRuns(plain) };
}

function printedBlock(block: TextNode, reading: Reading, label: string | null = null): Block {
  switch (block.type) {
    case "paragraph":
      return { kind: "paragraph", label, line: lineOf(block, reading) };
    case "heading":
      return { kind: "heading", line: lineOf(block, reading) };
    case "bulletList":
    case "orderedList":
      return printedList(block, reading);
    case "table":
      return printedTable(block, reading);
    case "fieldTable":
      return fieldTable(String(block.attrs?.name), reading, block);
    default:
      throw new Error(`a frozen text holds an unknown block: ${block.type}`);
  }
}

function printedList(block: TextNode, reading: Reading): Block {
  const items = (block.content ?? []).map((item) => (item.content ?? []).map((inner) => printedBlock(inner, reading)));
  const start = Number(block.attrs?.start ?? 1);
  return {
    kind: "list",
    ordered: block.type === "orderedList",
    start: Number.isSafeInteger(start) && start > 0 ? start : 1,
    dir: blockDirection(block, reading),
    items,
  };
}

function printedTable(block: TextNode, reading: Reading): Block {
  const rows = placedCells(block);
  const columns = Math.max(1, ...rows.flat().map((cell) => cell.x + cell.columns));
  const inner = reading.toWrite
    ? reading
    : { ...reading, longest: Math.max(8, Math.floor(tableWidth(columns) / columns)) };
  const printed = rows.map((row) => row.map(({ node, ...place }) => printedCell(node, place, inner)));
  const firstPlain = printed.findIndex((row) => !row.every((cell) => cell.head && cell.rows === 1));
  const heads = firstPlain < 0 ? Math.max(0, printed.length - 1) : firstPlain;
  return {
    kind: "table",
    dir: blockDirection(block, reading),
    weights: Array.from({ length: columns }, () => 1),
    heads: printed.slice(0, heads),
    rows: printed.slice(heads),
  };
}

type Place = Pick<Cell, "x" | "y" | "columns" | "rows">;

/** Every cell at the first free place of its row; a span that would cover another cell or leave the table is cut. */
function placedCells(table: TextNode): (Place & { node: TextNode })[][] {
  const rows = table.content ?? [];
  const taken = rows.map(() => new Set<number>());
  return rows.map((row, y) => {
    let x = 0;
    return (row.content ?? []).map((node) => {
      while (taken[y]?.has(x)) x++;
      let columns = 1;
      while (columns < spanOf(node, "colspan") && !taken[y]?.has(x + columns)) columns++;
      const place = { x, y, columns, rows: Math.min(spanOf(node, "rowspan"), rows.length - y) };
      for (const under of taken.slice(y, y + place.rows)) {
        for (let column = x; column < x + columns; column++) under.add(column);
      }
      return { ...place, node };
    });
  });
}

function printedCell(node: TextNode, place: Place, reading: Reading): Cell {
  const blocks = (node.content ?? []).map((block) => printedBlock(block, reading));
  return { ...place, head: node.type === "tableHeader", blocks };
}

// Both come through a socket: a span of a million rows must not reach the template.
function spanOf(cell: TextNode, name: "colspan" | "rowspan"): number {
  const span = Number(cell.attrs?.[name] ?? 1);
  return Number.isSafeInteger(span) && span >= 1 && span <= 100 ? span : 1;
}

function fieldTable(name: string, reading: Reading, block: TextNode): Block {
  const { columns, rows } = tableText(name, reading.fields, reading.language);
  const table = tableOf(columns.map(fieldLabel), rows, blockDirection(block, reading), reading.toWrite);
  return reading.toWrite && table.kind === "table" ? { ...table, field: name } : table;
}

/** A table of plain words; columns as wide as what stands in them asks for, room for whole words first. */
export function tableOf(columns: string[], rows: string[][], dir: Direction = "ltr", toWrite = false): Block {
  const room = tableWidth(columns.length);
  const weights = weightsOf(
    columns.map((head, x) => [head, ...rows.map((row) => row[x] ?? "")]),
    room,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const cell = (text: string, x: number, y: number, head: boolean): Cell => {
    const longest = Math.max(6, Math.floor((room * (weights[x] ?? 1)) / total));
    const line = lineOfText(text, toWrite ? Number.POSITIVE_INFINITY : longest);
    return { x, y, columns: 1, rows: 1, head, blocks: [{ kind: "paragraph", label: null, line }] };
  };
  return {
    kind: "table",
    dir,
    weights: weights.length > 0 ? weights : [1],
    heads: columns.length > 0 ? [columns.map((text, x) => cell(text, x, 0, true))] : [],
    rows: rows.map((row, y) => row.map((text, x) => cell(text, x, y + 1, false))),
  };
}

/**
 * Room for the longest word of each column, and more for longer texts, but not in proportion: they can take more lines.
 * Where there is not room for both, the words have theirs and the longer texts share what is left.
 */
function weightsOf(columns: readonly string[][], room: number): number[] {
  const least = columns.map((texts) => {
    const word = Math.max(...texts.flatMap((text) => text.split(/\s+/)).map((part) => part.length));
    return Math.max(6, Math.min(word, 22) + 2);
  });
  const wanted = columns.map((texts, x) => {
    const whole = Math.max(...texts.map((text) => text.length));
    return Math.max(least[x] ?? 6, Math.sqrt(Math.min(whole, 240)) * 3.5);
  });
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  const [needed, more] = [sum(least), sum(wanted) - sum(least)];
  const share = more > 0 ? Math.min(1, Math.max(0, room - needed) / more) : 1;
  return least.map((width, x) => Math.round((width + ((wanted[x] ?? width) - width) * share) * 10) / 10);
}

function blockDirection(block: TextNode, reading: Reading): Direction {
  const { dir } = block.attrs ?? {};
  return dir === "rtl" || dir === "ltr" ? dir : (firstDirection(wordsOf(block)) ?? reading.dir);
}

function wordsOf(node: TextNode): string {
  return node.text ?? (node.content ?? []).map(wordsOf).join(" ");
}

function lineOf(block: TextNode | undefined, reading: Reading): Line {
  if (!block) return { dir: reading.dir, runs: [] };
  const dir = blockDirection(block, reading);
  return { dir, runs: (block.content ?? []).flatMap((node) => printedWord(node, { ...reading, dir })) };
}

function printedWord(node: TextNode, reading: Reading): Line["runs"] {
  if (node.type === "hardBreak") return [{ lineEnd: true }];
  const words = node.type === "field" ? fieldWords(node, reading) || unseen(reading) : settled(node.text ?? "");
  const style = { ...styleOf(node), ...(reading.toWrite ? linkAndField(node) : {}) };
  const runs = scriptRuns(breakable(words, reading.longest)).map((run) => ({ ...run, ...style }));
  const target = reading.toWrite ? null : targetOf(node);
  return target === null ? runs : [...runs, { note: lineOfText(target) }];
}

function linkAndField(node: TextNode): Pick<Run, "field" | "href"> {
  const href = node.marks?.find((mark) => mark.type === "link")?.attrs?.href;
  return {
    ...(node.type === "field" ? { field: String(node.attrs?.name) } : {}),
    ...(isSafeLink(href) ? { href } : {}),
  };
}

/** A value whose words are none at present still has its place, or it would be lost with the copy that comes back. */
export const unseenValue = "\u200b";
const unseen = (reading: Reading) => (reading.toWrite ? unseenValue : "");

function fieldWords(node: TextNode, reading: Reading): string {
  const text = fieldText(node.attrs as FieldReference, reading.fields, reading.language);
  // A gap that shows: an empty line could be filled in by hand after signature.
  return text === null ? "[–]" : isolated(settled(text), reading.dir);
}

function styleOf(node: TextNode): Style {
  const has = (type: string) => node.marks?.some((mark) => mark.type === type);
  return {
    ...(has("bold") ? { bold: true } : {}),
    ...(has("italic") ? { italic: true } : {}),
    ...(has("underline") ? { underline: true } : {}),
  };
}

/** On paper a link is its address, in a footnote. */
function targetOf(node: TextNode): string | null {
  const href = node.marks?.find((mark) => mark.type === "link")?.attrs?.href;
  return !isSafeLink(href) || href === node.text ? null : href;
}
