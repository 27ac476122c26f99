import type { FileChild, ParagraphChild } from "docx";
import * as docx from "docx";
import type { Block, Cell, Line, PrintedClause, Run } from "./printable-text.ts";
import { controlsIn, type Direction } from "./script-runs.ts";
import { markOfClause, markOfTable, paragraphStyle, styleOfField } from "./working-copy.ts";

/** Bold and italic stand twice: Word keeps one switch for Latin and one for Arabic letters. */
type Drawn = { indent?: number; numbering?: { reference: string; level: number; instance?: number }; bold?: boolean };

/** Numberings that the lists of a text need beside that of its clauses; each numbered list has one of its own. */
export type Lists = { reference: string; start: number; ordered: boolean }[];
export const clauseNumbers = "clauses";
const listIndent = 500;
const deepestLevel = 8;

/** The clauses of one language as paragraphs of Word, numbered by Word; adds to `lists` what its lists are called. */
export function clausesInWord(clauses: readonly PrintedClause[], language: string, lists: Lists): FileChild[] {
  return clauses.flatMap((clause) => [
    titleInWord(clause, language),
    ...clause.blocks.flatMap((block) => blockInWord(block, lists, { language })),
  ]);
}

function titleInWord({ id, title }: PrintedClause, language: string): FileChild {
  const mark = markOfClause(language, id);
  const words = runsOf(title, {}, language);
  return new docx.Paragraph({
    heading: docx.HeadingLevel.HEADING_1,
    numbering: { reference: clauseNumbers, level: 0, instance: instanceOf(language) },
    bidirectional: title.dir === "rtl",
    keepNext: true,
    children: mark ? [new docx.Bookmark({ id: mark, children: words })] : words,
  });
}

/** The clauses of each language are numbered from 0 anew. */
function instanceOf(language: string): number {
  return [...language].reduce((sum, letter) => sum * 128 + letter.charCodeAt(0), 0);
}

type Around = { language: string; level?: number };

export function blockInWord(block: Block, lists: Lists, around: Around): FileChild[] {
  const indent = around.level === undefined ? undefined : listIndent * (around.level + 1);
  switch (block.kind) {
    case "paragraph": {
      const numbering = { reference: clauseNumbers, level: 1, instance: instanceOf(around.language) };
      return [paragraphInWord(block.line, block.label === null ? { indent } : { numbering }, around.language)];
    }
    case "heading":
      return [headingInWord(block.line, around.language)];
    case "list":
      return listInWord(block, lists, around);
    case "table":
      return [tableInWord(block, lists, around), new docx.Paragraph({ spacing: { after: 60 }, children: [] })];
  }
}

export function paragraphInWord(line: Line, drawn: Drawn, language: string): docx.Paragraph {
  return new docx.Paragraph({
    style: drawn.numbering?.reference === clauseNumbers ? paragraphStyle : undefined,
    bidirectional: line.dir === "rtl",
    // Never "left": in a paragraph from right to left that would be the wrong side.
    alignment: docx.AlignmentType.START,
    numbering: drawn.numbering,
    indent: drawn.indent ? { start: drawn.indent } : undefined,
    children: runsOf(line, { bold: drawn.bold }, language),
  });
}

function headingInWord(line: Line, language: string): docx.Paragraph {
  return new docx.Paragraph({
    heading: docx.HeadingLevel.HEADING_2,
    bidirectional: line.dir === "rtl",
    keepNext: true,
    children: runsOf(line, {}, language),
  });
}

function listInWord(block: Extract<Block, { kind: "list" }>, lists: Lists, around: Around): FileChild[] {
  const level = Math.min(deepestLevel, (around.level ?? -1) + 1);
  const reference = `list-${lists.length + 1}`;
  lists.push({ reference, start: block.start, ordered: block.ordered });
  return block.items.flatMap((item) =>
    item.flatMap((inner, index) =>
      index === 0 && inner.kind === "paragraph"
        ? [paragraphInWord(inner.line, { numbering: { reference, level } }, around.language)]
        : blockInWord(inner, lists, { ...around, level }),
    ),
  );
}

function tableInWord(block: Extract<Block, { kind: "table" }>, lists: Lists, around: Around): docx.Table {
  const full = 9070;
  const sum = block.weights.reduce((all, weight) => all + weight, 0);
  const widths = block.weights.map((weight) => Math.round((full * weight) / sum));
  const mark = block.field ? markOfTable(block.field) : null;
  const row = (cells: Cell[], head: boolean, first: boolean) =>
    new docx.TableRow({
      // Said only where it holds: some readers take the switch itself for a yes.
      ...(head ? { tableHeader: true } : {}),
      cantSplit: true,
      children: cells.map((cell, index) => cellInWord(cell, widths, lists, around, first && index === 0 ? mark : null)),
    });
  const rows = [
    ...block.heads.map((cells) => [cells, true] as const),
    ...block.rows.map((cells) => [cells, false] as const),
  ];
  // Word cannot open a table without rows: the place of an empty one says so.
  if (rows.every(([cells]) => cells.length === 0))
    return tableInWord({ ...block, heads: [], rows: [[emptyCell]] }, lists, around);
  return new docx.Table({
    width: { size: full, type: docx.WidthType.DXA },
    columnWidths: widths,
    visuallyRightToLeft: block.dir === "rtl",
    rows: rows.map(([cells, head], index) => row(cells, head, index === 0)),
  });
}

const emptyCell: Cell = {
  x: 0,
  y: 0,
  columns: 1,
  rows: 1,
  head: false,
  blocks: [{ kind: "paragraph", label: null, line: { dir: "ltr", runs: [{ text: "–", script: "latin" }] } }],
};

function cellInWord(cell: Cell, widths: number[], lists: Lists, around: Around, mark: string | null): docx.TableCell {
  const inner = { ...around, level: undefined };
  const children = cell.blocks.flatMap((block): FileChild[] => {
    if (block.kind !== "paragraph") return blockInWord(block, lists, inner);
    return [paragraphInWord(block.line, { bold: cell.head }, around.language)];
  });
  // A cell ends with a paragraph, or Word calls the file damaged.
  if (!(children.at(-1) instanceof docx.Paragraph)) children.push(new docx.Paragraph({}));
  if (mark)
    children.unshift(
      new docx.Paragraph({
        spacing: { line: 20, after: 0 },
        children: [new docx.Bookmark({ id: mark, children: [] })],
      }),
    );
  return new docx.TableCell({
    columnSpan: cell.columns,
    rowSpan: cell.rows,
    width: {
      size: widths.slice(cell.x, cell.x + cell.columns).reduce((all, one) => all + one, 0),
      type: docx.WidthType.DXA,
    },
    shading: cell.head ? { fill: "EEEEEE" } : undefined,
    margins: { top: 60, bottom: 60, left: 90, right: 90 },
    children: children as docx.Paragraph[],
  });
}

function runsOf(line: Line, { bold }: { bold?: boolean }, language: string): ParagraphChild[] {
  return line.runs.flatMap((run) => {
    if ("lineEnd" in run) return [new docx.TextRun({ break: 1 })];
    // A text to write on keeps its links as links.
    if ("note" in run) return [];
    return [linked(run, runInWord(run, line.dir, bold ?? false, language))];
  });
}

function linked(run: Run, word: docx.TextRun): ParagraphChild {
  return run.href ? new docx.ExternalHyperlink({ link: run.href, children: [word] }) : word;
}

function runInWord(run: Run, dir: Direction, bold: boolean, language: string): docx.TextRun {
  const arabic = run.script === "arabic";
  const strong = bold || run.bold === true;
  return new docx.TextRun({
    text: printable(run.text),
    style: run.field ? styleOfField(run.field) : run.href ? "Hyperlink" : undefined,
    ...(strong ? { bold: true, boldComplexScript: true } : {}),
    ...(run.italic ? { italics: true, italicsComplexScript: true } : {}),
    ...(run.underline ? { underline: {} } : {}),
    // Digits and marks between Arabic words belong to their line; Latin words keep their own direction in it.
    rightToLeft: arabic || (dir === "rtl" && !/\p{Script=Latin}|\p{Script=Cyrillic}/u.test(run.text)) || undefined,
    language: arabic
      ? { bidirectional: language === "ar" ? "ar-EG" : "ar" }
      : run.script === "chinese"
        ? { eastAsia: "zh-CN" }
        : { value: language },
  });
}

/** XML has no way to write these at all: one of them, and no program opens the file. */
export function printable(text: string): string {
  const controls = controlsIn(text);
  const clean = controls.length > 0 ? [...text].map((one) => (controls.includes(one) ? "\ufffd" : one)).join("") : text;
  return clean.replace(/[\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}
