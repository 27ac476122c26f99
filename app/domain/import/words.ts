import { isSafeLink } from "../documents/attributes.ts";
import type { TextNode } from "../documents/text-node.ts";
import { controlsIn, firstDirection } from "../export/script-runs.ts";
import { fieldOfStyle } from "../export/working-copy.ts";
import { rightToLeftMark } from "./directions.ts";
import { type LeftOut, limits, UnreadableFile } from "./file.ts";
import { marksIn, type Paragraph, type Tree, wordsIn } from "./word-tree.ts";

/** What is kept while a file is read: what was left out, and how much came in. */
export type Reading = {
  leftOut: LeftOut;
  noteOf: (reference: Tree) => string;
  characters: number;
  blocks: number;
};

type Looks = { marks: { type: string; attrs?: Record<string, unknown> }[]; field: string | null };

/** The words of a paragraph as the text holds them. */
export function inlineOf(paragraph: Paragraph, reading: Reading): TextNode[] {
  const joined: TextNode[] = [];
  for (const node of paragraph.children.flatMap((child) => nodesIn(child, { marks: [], field: null }, reading))) {
    const last = joined.at(-1);
    if (last && canJoin(last, node)) last.text = (last.text ?? "") + (node.text ?? "");
    else joined.push(node);
  }
  return trimmed(joined);
}

/** The way a paragraph of the file runs; null where its letters say so by themselves. */
export function directionOf(paragraph: Paragraph): "ltr" | "rtl" | null {
  const written = marksIn(paragraph).includes(rightToLeftMark) ? "rtl" : "ltr";
  const first = firstDirection(wordsIn(paragraph));
  return first === null || first === written ? null : written;
}

export function countLeftOut(reading: Reading, kind: keyof LeftOut): void {
  reading.leftOut[kind] = (reading.leftOut[kind] ?? 0) + 1;
}

function nodesIn(tree: Tree, looks: Looks, reading: Reading): TextNode[] {
  switch (tree.type) {
    case "run":
      return wordsOfRun(tree, looks, reading);
    case "hyperlink":
      return wordsOfLink(tree, looks, reading);
    case "text":
      return wordsFrom(tree.value, looks, reading);
    case "tab":
      return wordsFrom(" ", looks, reading);
    case "checkbox":
      return wordsFrom(tree.checked ? "☑" : "☐", looks, reading);
    case "noteReference":
      countLeftOut(reading, "notes");
      return wordsFrom(` [${reading.noteOf(tree)}]`, looks, reading);
    case "break":
      return tree.breakType === "line" ? [{ type: "hardBreak" }] : [];
    case "image":
      countLeftOut(reading, "images");
      return [];
    default:
      return [];
  }
}

function wordsOfRun(run: Extract<Tree, { type: "run" }>, looks: Looks, reading: Reading): TextNode[] {
  if (run.isStrikethrough) {
    countLeftOut(reading, "struck");
    return [];
  }
  const own = [run.isBold && "bold", run.isItalic && "italic", run.isUnderline && "underline"];
  const marks = [...looks.marks, ...own.flatMap((type) => (type ? [{ type }] : []))];
  const inner = { marks, field: fieldOfStyle(run.styleId) ?? looks.field };
  return run.children.flatMap((child) => nodesIn(child, inner, reading));
}

function wordsOfLink({ href, children }: Extract<Tree, { type: "hyperlink" }>, looks: Looks, reading: Reading) {
  if (!isSafeLink(href)) {
    // The end of a field is a link without words.
    if (href && children.some(wordsIn)) countLeftOut(reading, "links");
    return children.flatMap((child) => nodesIn(child, looks, reading));
  }
  const inner = { ...looks, marks: [...looks.marks, { type: "link", attrs: { href } }] };
  // Word underlines what is a link; here that is how links look anyway.
  return children.flatMap((child) =>
    nodesIn(child.type === "run" ? { ...child, isUnderline: false } : child, inner, reading),
  );
}

function wordsFrom(value: string, { marks, field }: Looks, reading: Reading): TextNode[] {
  const controls = controlsIn(value);
  const text = (controls.length > 0 ? [...value].filter((one) => !controls.includes(one)).join("") : value)
    .replace(/[\r\n\t]+/g, " ")
    .replace(/\p{Surrogate}/gu, "\ufffd");
  if (!text) return [];
  reading.characters += text.length;
  if (reading.characters > limits.characters) throw new UnreadableFile("file-too-long");
  if (field) return [{ type: "field", attrs: { name: field, yes: null, no: null }, text }];
  return [{ type: "text", text, ...(marks.length > 0 ? { marks: uniqueMarks(marks) } : {}) }];
}

/** In the order of the schema, so that two texts that look alike are alike. */
function uniqueMarks(marks: Looks["marks"]): Looks["marks"] {
  return ["link", "bold", "italic", "underline"].flatMap((type) => marks.find((mark) => mark.type === type) ?? []);
}

const canJoin = (a: TextNode, b: TextNode) =>
  a.type === b.type &&
  ((a.type === "text" && JSON.stringify(a.marks) === JSON.stringify(b.marks)) ||
    (a.type === "field" && a.attrs?.name === b.attrs?.name));

/** Without spaces and line ends at both sides. */
function trimmed(nodes: TextNode[]): TextNode[] {
  const kept = [...nodes];
  while (kept[0]?.type === "hardBreak") kept.shift();
  while (kept.at(-1)?.type === "hardBreak") kept.pop();
  const [first, last] = [kept[0], kept.at(-1)];
  if (first?.type === "text") first.text = first.text?.trimStart();
  if (last?.type === "text") last.text = last.text?.trimEnd();
  return kept.filter((node) => node.type !== "text" || node.text !== "");
}
