import mammoth from "mammoth";
import { isMarkOfClause } from "../export/working-copy.ts";
import { blocksOf, headingFrom, paragraphOf } from "./blocks.ts";
import { markDirections } from "./directions.ts";
import { type Section, UnreadableFile, type WordFile } from "./file.ts";
import { openPackage, repack } from "./package.ts";
import { childrenOf, headingLevel, marksIn, type Paragraph, type Tree, wordsIn } from "./word-tree.ts";
import type { Reading } from "./words.ts";

/**
 * Reads a Word file into the blocks of a text, cut at its headings. Runs in a thread of its own (reading.server.ts).
 * Nothing is fetched: images, relations to the outside, scripts and macros are never opened. Throws UnreadableFile.
 */
export async function readWordFile(bytes: Uint8Array): Promise<WordFile> {
  const { parts, leftOut } = openPackage(bytes);
  markDirections(parts);
  const changes = countChanges(parts);
  if (changes > 0) leftOut.changes = changes;
  const tree = await treeOf(repack(parts));
  if (tree.comments && tree.comments.length > 0) leftOut.comments = tree.comments.length;
  const noteOf = (reference: Tree) => (tree.notes?.resolve(reference)?.body ?? []).map(wordsIn).join(" ").trim();
  const sections = sectionsOf(tree.children, { leftOut, noteOf, characters: 0, blocks: 0 });
  if (sections.every(({ heading, blocks }) => !heading && blocks.length === 0)) throw new UnreadableFile("file-empty");
  return { sections, leftOut, ours: sections.some(({ heading }) => heading?.mark) };
}

type Document = Extract<Tree, { type: "document" }>;

/** The package makes HTML of everything it reads; here only the tree before it is wanted, so it gets nothing to write. */
async function treeOf(buffer: Uint8Array): Promise<Document> {
  let read: Document | undefined;
  const transformDocument = (tree: Document) => {
    read = tree;
    return { ...tree, children: [], comments: [] };
  };
  try {
    await mammoth.convertToHtml(
      { buffer: Buffer.from(buffer) },
      { transformDocument, externalFileAccess: false, includeEmbeddedStyleMap: false },
    );
  } catch (error) {
    throw new UnreadableFile(error instanceof RangeError ? "file-too-deep" : "file-damaged");
  }
  if (!read) throw new UnreadableFile("file-damaged");
  return read;
}

/** Words put in and taken out while changes were tracked; the reader takes them as accepted. */
function countChanges(parts: ReadonlyMap<string, string>): number {
  return [...parts.values()].reduce((sum, text) => sum + (text.match(/<w:(ins|del|moveFrom)[\s>]/g)?.length ?? 0), 0);
}

function sectionsOf(trees: readonly Tree[], reading: Reading): Section[] {
  const sections: Section[] = [];
  let numbered: number | null = null;
  let waiting: Tree[] = [];
  let heading: Section["heading"] = null;
  const end = () => {
    const blocks = blocksOf(waiting, reading, numbered);
    if (heading || blocks.length > 0) sections.push({ heading, blocks });
    waiting = [];
  };
  for (const tree of trees.flatMap(topLevel)) {
    const made = tree.type === "paragraph" ? headingOf(tree, reading) : null;
    if (!made || tree.type !== "paragraph") {
      waiting.push(tree);
      continue;
    }
    end();
    heading = made;
    if (tree.numbering?.isOrdered) numbered = Number(tree.numbering.level) || 0;
    else if (made.styled) numbered = null;
  }
  end();
  return sections;
}

/** Paragraphs and tables; what only wraps them is opened. */
function topLevel(tree: Tree): Tree[] {
  return tree.type === "paragraph" || tree.type === "table" ? [tree] : childrenOf(tree).flatMap(topLevel);
}

const longestTitle = 160;

/** A paragraph that heads what follows: by its style, or by its looks, which is decided when clauses are sought. */
function headingOf(paragraph: Paragraph, reading: Reading): Section["heading"] {
  const words = wordsIn(paragraph).replace(/\s+/g, " ").trim();
  const level = headingLevel(paragraph);
  if (!words || words.length > longestTitle || /^toc ?\d/i.test(paragraph.styleName ?? "")) return null;
  if (level === null && !looksLikeTitle(paragraph, words)) return null;
  const node = paragraphOf(paragraph, reading);
  if (!node) return null;
  return {
    text: words,
    node: level === null ? node : headingFrom(node),
    mark: marksIn(paragraph).find(isMarkOfClause) ?? null,
    level: level ?? 1,
    styled: level !== null,
  };
}

const numberFirst =
  /^(?:(?:article|clause|section|art[íi]culo|cl[áa]usula|статья|пункт|المادة|البند)\s*)?\d{1,2}\s*[.:)–—-]?\s|^第.{1,3}条/i;

function looksLikeTitle(paragraph: Paragraph, words: string): boolean {
  const runs = paragraph.children.filter((child) => child.type === "run" && wordsIn(child).trim());
  const bold = runs.length > 0 && runs.every((run) => run.type === "run" && run.isBold);
  return words.length <= 100 && !/[.;,]$/.test(words) && (bold || numberFirst.test(words));
}
