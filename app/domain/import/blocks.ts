import type { TextNode } from "../documents/text-node.ts";
import { paragraphStyle, tableOfMark } from "../export/working-copy.ts";
import { rightToLeftTableMark } from "./directions.ts";
import { limits, UnreadableFile } from "./file.ts";
import { headingLevel, marksIn, type Paragraph, type Tree } from "./word-tree.ts";
import { countLeftOut, directionOf, inlineOf, type Reading } from "./words.ts";

const widest = 40;
const deepest = 6;

/**
 * Blocks of the text, made from paragraphs and tables of the file. `numbered`: the level at which the file numbers its
 * clauses; paragraphs one level below are paragraphs of a clause, as their numbers are no content here. null: none.
 */
export function blocksOf(
  trees: readonly Tree[],
  reading: Reading,
  numbered: number | null = null,
  depth = 0,
): TextNode[] {
  const blocks: TextNode[] = [];
  let items: Item[] = [];
  const endList = () => {
    if (items.length > 0) blocks.push(...listsOf(items));
    items = [];
  };
  for (const tree of trees) {
    const level = tree.type === "paragraph" ? listLevel(tree, numbered) : null;
    if (tree.type === "paragraph" && level !== null) {
      const content = paragraphOf(tree, reading);
      if (content) items.push({ level, ordered: tree.numbering?.isOrdered === true, content });
      continue;
    }
    endList();
    if (tree.type === "paragraph") blocks.push(...(blockOf(tree, reading) ?? []));
    else if (tree.type === "table") blocks.push(...tableOf(tree, reading, depth));
    else blocks.push(...blocksOf("children" in tree ? tree.children : [], reading, numbered, depth));
  }
  endList();
  return blocks;
}

/** Which list level a paragraph stands at, or null for one that is in no list. */
function listLevel(paragraph: Paragraph, numbered: number | null): number | null {
  if (!paragraph.numbering || paragraph.styleId === paragraphStyle || headingLevel(paragraph) !== null) return null;
  const level = Number(paragraph.numbering.level) || 0;
  if (numbered === null || !paragraph.numbering.isOrdered) return Math.min(level, deepest);
  if (level <= numbered + 1) return null;
  return Math.min(level - numbered - 2, deepest);
}

function blockOf(paragraph: Paragraph, reading: Reading): TextNode[] | null {
  if (/^toc ?\d/i.test(paragraph.styleName ?? "")) {
    countLeftOut(reading, "contents");
    return null;
  }
  const made = paragraphOf(paragraph, reading);
  if (!made) return null;
  return headingLevel(paragraph) === null ? [made] : [headingFrom(made)];
}

export function headingFrom(paragraph: TextNode): TextNode {
  return { ...paragraph, type: "heading", attrs: { ...paragraph.attrs, level: 3 } };
}

/** null for a paragraph without words: Word files have them for the space they take. */
export function paragraphOf(paragraph: Paragraph, reading: Reading): TextNode | null {
  const content = inlineOf(paragraph, reading);
  if (content.length === 0) return null;
  countBlock(reading);
  return { type: "paragraph", attrs: { dir: directionOf(paragraph) }, content };
}

function countBlock(reading: Reading): void {
  if (++reading.blocks > limits.blocks) throw new UnreadableFile("file-too-long");
}

type Item = { level: number; ordered: boolean; content: TextNode };

/** Items in order, each deeper one inside the one before it. */
function listsOf(items: readonly Item[]): TextNode[] {
  const lists: TextNode[] = [];
  const least = Math.min(...items.map((item) => item.level));
  let index = 0;
  while (index < items.length) {
    const first = items[index] as Item;
    const list: TextNode = {
      type: first.ordered ? "orderedList" : "bulletList",
      attrs: first.ordered ? { start: 1, dir: null } : { dir: null },
      content: [],
    };
    for (let item = items[index]; item && (item.level > least || item.ordered === first.ordered); item = items[index]) {
      const deeper: Item[] = [];
      const own = item.level > least ? null : item;
      if (own) index++;
      for (let next = items[index]; next && next.level > least; next = items[++index]) deeper.push(next);
      const inner = deeper.length > 0 ? listsOf(deeper) : [];
      // An item is a paragraph first; a list that begins deeper than its place has none, and gets an empty one.
      list.content?.push({
        type: "listItem",
        content: [own?.content ?? { type: "paragraph", attrs: { dir: null } }, ...inner],
      });
    }
    lists.push(list);
  }
  return lists;
}

function tableOf(table: Extract<Tree, { type: "table" }>, reading: Reading, depth: number): TextNode[] {
  const marks = marksIn(table);
  const field = marks.map(tableOfMark).find((name) => name !== null);
  if (field) return [{ type: "fieldTable", attrs: { name: field, dir: null } }];
  // Tables in tables in tables are no text of an arrangement: their words come in below each other.
  if (depth >= 2)
    return table.children.flatMap((row) => blocksOf("children" in row ? row.children : [], reading, null, depth));
  const rows = table.children.flatMap((row) => (row.type === "tableRow" ? (rowOf(row, reading, depth) ?? []) : []));
  if (rows.length === 0) return [];
  countBlock(reading);
  return [{ type: "table", attrs: { dir: marks.includes(rightToLeftTableMark) ? "rtl" : null }, content: rows }];
}

function rowOf(row: Extract<Tree, { type: "tableRow" }>, reading: Reading, depth: number): TextNode | null {
  const cells = row.children.flatMap((cell): TextNode[] => {
    if (cell.type !== "tableCell") return [];
    countBlock(reading);
    const read = blocksOf(cell.children, reading, null, depth + 1);
    const content = row.isHeader ? read.map(withoutBold) : read;
    return [
      {
        type: row.isHeader ? "tableHeader" : "tableCell",
        attrs: { colspan: within(cell.colSpan), rowspan: within(cell.rowSpan), colwidth: null },
        content: content.length > 0 ? content : [{ type: "paragraph", attrs: { dir: null } }],
      },
    ];
  });
  return cells.length > 0 ? { type: "tableRow", content: cells.slice(0, widest) } : null;
}

/** Heads of tables are strong by themselves. */
function withoutBold(block: TextNode): TextNode {
  const marks = block.marks?.filter(({ type }) => type !== "bold");
  const { marks: _, ...rest } = block;
  return {
    ...rest,
    ...(marks && marks.length > 0 ? { marks } : {}),
    ...(block.content ? { content: block.content.map(withoutBold) } : {}),
  };
}

const within = (span: number) => (Number.isInteger(span) ? Math.min(widest, Math.max(1, span)) : 1);
