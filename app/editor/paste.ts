import { Extension } from "@tiptap/core";
import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";

/** Longest text that may come in at once, in characters: the server takes 1 MiB a message. */
export const longestPaste = 200_000;
/** Letters of markup around the letters of a text, at most, before reading it would stop the tab. */
const longestMarkup = 4 * longestPaste;

type Options = { onTooLong: () => void };

/** What comes from outside, by pasting or dropping: not too much of it, and no clauses inside a clause. */
export const PasteRules = Extension.create<Options>({
  name: "pasteRules",
  addOptions: () => ({ onTooLong: () => {} }),
  addProseMirrorPlugins() {
    const { onTooLong } = this.options;
    const refuse = (data: DataTransfer | null) => {
      if (!isTooLong(data)) return false;
      onTooLong();
      return true;
    };
    return [
      new Plugin({
        props: {
          handleDOMEvents: { paste: stopWhenTooLong(refuse), drop: stopWhenTooLong(refuse) },
          transformPastedHTML: headingsOfClauses,
          transformPasted: (slice) => withoutEmptyHeadings(withoutClauses(slice)),
        },
      }),
    ];
  },
});

/** Before anything reads the content: to parse megabytes of markup only to refuse it would stop the tab. */
function stopWhenTooLong(refuse: (data: DataTransfer | null) => boolean) {
  return (_view: unknown, event: ClipboardEvent | DragEvent) => {
    const data = "clipboardData" in event ? event.clipboardData : (event as DragEvent).dataTransfer;
    if (!refuse(data)) return false;
    event.preventDefault();
    return true;
  };
}

export function isTooLong(data: Pick<DataTransfer, "getData"> | null): boolean {
  if (!data) return false;
  return data.getData("text/plain").length > longestPaste || data.getData("text/html").length > longestMarkup;
}

/** A clause has headings of one level. What was copied from this editor keeps its marks. */
export function headingsOfClauses(html: string): string {
  return html.includes("data-pm-slice") ? html : html.replace(/<(\/?)h[1-6](?=[\s>])/gi, "<$1h3");
}

/**
 * A copied clause comes in as what it says, under a heading: a clause inside another would cut that one in two and move
 * the numbers of all that follow. A few copied words come wrapped in their clause too, open at both ends, and stay so.
 */
export function withoutClauses(slice: Slice): Slice {
  const parts = slice.content.content;
  if (!parts.some(isClause)) return slice;
  const blocks = parts.flatMap((part) => (isClause(part) ? part.children.map(headingOf) : [part]));
  const open = (depth: number, part?: Node) => (part && isClause(part) ? Math.max(0, depth - 1) : depth);
  return new Slice(Fragment.from(blocks), open(slice.openStart, parts[0]), open(slice.openEnd, parts.at(-1)));
}

const isClause = (node: Node) => node.type.name === "clause";

function headingOf(block: Node): Node {
  if (block.type.name !== "clauseTitle") return block;
  return block.type.schema.nodes.heading?.create({ level: 3 }, block.content) ?? block;
}

/**
 * A heading without words says nothing to a reader, and a screen reader stops at it. It stays out, and where its list
 * item or cell would be left with nothing, an empty paragraph stands in for it.
 */
export function withoutEmptyHeadings(slice: Slice): Slice {
  const { firstChild, lastChild } = slice.content;
  const blocks = slice.content.content.filter((block) => !isEmptyHeading(block)).map(withoutEmptyHeadingsInside);
  // What stood open was the heading: the block behind it keeps its beginning, the one before it its end.
  return new Slice(
    Fragment.from(blocks),
    firstChild && isEmptyHeading(firstChild) ? 0 : slice.openStart,
    lastChild && isEmptyHeading(lastChild) ? 0 : slice.openEnd,
  );
}

function withoutEmptyHeadingsInside(block: Node): Node {
  if (block.isTextblock || block.isLeaf) return block;
  const inside = block.children.filter((child) => !isEmptyHeading(child)).map(withoutEmptyHeadingsInside);
  const instead = () => block.type.schema.nodes.paragraph?.create();
  return block.copy(Fragment.from(inside.length > 0 || block.childCount === 0 ? inside : instead()));
}

function isEmptyHeading(block: Node): boolean {
  if (block.type.name !== "heading") return false;
  return block.children.every((part) => part.type.name === "hardBreak" || (part.isText && !part.text?.trim()));
}
