import { partStyle } from "../export/working-copy.ts";

/** What mammoth makes of a Word file before it turns it into HTML: the part of it that matters here. */
export type Tree =
  | {
      type: "document";
      children: Tree[];
      notes?: { resolve(reference: Tree): { body: Tree[] } | null };
      comments?: unknown[];
    }
  | {
      type: "paragraph";
      children: Tree[];
      styleId: string | null;
      styleName: string | null;
      numbering: { isOrdered: boolean; level: string } | null;
    }
  | {
      type: "run";
      children: Tree[];
      styleId: string | null;
      isBold: boolean;
      isItalic: boolean;
      isUnderline: boolean;
      isStrikethrough: boolean;
    }
  | { type: "text"; value: string }
  | { type: "hyperlink"; children: Tree[]; href?: string }
  | { type: "bookmarkStart"; name?: string }
  | { type: "break"; breakType: string }
  | { type: "checkbox"; checked: boolean }
  | { type: "table"; children: Tree[] }
  | { type: "tableRow"; children: Tree[]; isHeader: boolean }
  | { type: "tableCell"; children: Tree[]; colSpan: number; rowSpan: number }
  | { type: "tab" }
  | { type: "image" }
  | { type: "noteReference" }
  | { type: "commentReference" };

export type Paragraph = Extract<Tree, { type: "paragraph" }>;

export const childrenOf = (tree: Tree): Tree[] => ("children" in tree ? tree.children : []);

/** The names of the bookmarks inside. */
export function marksIn(tree: Tree): string[] {
  if (tree.type === "bookmarkStart") return tree.name ? [tree.name] : [];
  return childrenOf(tree).flatMap(marksIn);
}

/** The words inside, without their looks. */
export function wordsIn(tree: Tree): string {
  if (tree.type === "text") return tree.value;
  if (tree.type === "tab" || tree.type === "break") return " ";
  return childrenOf(tree).map(wordsIn).join("");
}

/** The level of a heading: 0 for the title of the whole, null for what is none. Word keeps these names in any language. */
export function headingLevel({ styleName, styleId }: Paragraph): number | null {
  const [, level] = /^heading ?(\d)$/i.exec(styleName ?? "") ?? /^Heading(\d)$/i.exec(styleId ?? "") ?? [];
  if (level) return Number(level);
  return /^(title|subtitle)$/i.test(styleName ?? "") || styleId === partStyle ? 0 : null;
}
