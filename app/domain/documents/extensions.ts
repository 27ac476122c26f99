import { Extension, type Extensions, mergeAttributes, Node } from "@tiptap/core";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";

/**
 * The one list of what an arrangement may hold. The editor adds views to it, the server checks every update against
 * the schema made from it (schema.ts). Numbers of clauses and paragraphs are never content.
 */
export const protocols = ["http", "https", "mailto"] as const;

/** True for an address that may stand in a text: it is checked when rendering too, since a socket bypasses the editor. */
export function isSafeLink(href: unknown): href is string {
  if (typeof href !== "string" || href.length > 2000) return false;
  try {
    return (protocols as readonly string[]).includes(new URL(href).protocol.slice(0, -1));
  } catch {
    return false;
  }
}

const Text = Node.create({ name: "doc", topNode: true, content: "clause+" });

const Clause = Node.create({
  name: "clause",
  content: "clauseTitle block+",
  defining: true,
  isolating: true,
  addAttributes() {
    return {
      clauseId: { default: null, parseHTML: (element) => element.getAttribute("data-clause") },
      fixed: { default: false, parseHTML: (element) => element.hasAttribute("data-fixed") },
    };
  },
  parseHTML: () => [{ tag: "section[data-clause]" }],
  renderHTML: ({ node }) => [
    "section",
    {
      id: node.attrs.clauseId,
      "data-clause": node.attrs.clauseId,
      ...(node.attrs.fixed ? { "data-fixed": "" } : {}),
      class: "clause",
    },
    0,
  ],
});

const ClauseTitle = Node.create({
  name: "clauseTitle",
  content: "text*",
  marks: "",
  defining: true,
  parseHTML: () => [{ tag: "h2" }],
  renderHTML: ({ HTMLAttributes }) => ["h2", mergeAttributes(HTMLAttributes, { class: "clause-title" }), 0],
});

/** A value of the arrangement inside a sentence. The value itself stands beside the text, in `fields`. */
export const FieldNode = Node.create({
  name: "field",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes() {
    return {
      name: { default: "", parseHTML: (element) => element.getAttribute("data-field") ?? "" },
      yes: { default: null, parseHTML: (element) => element.getAttribute("data-yes") },
      no: { default: null, parseHTML: (element) => element.getAttribute("data-no") },
    };
  },
  parseHTML: () => [{ tag: "span[data-field]" }],
  renderHTML: ({ node }) => {
    const { name, yes, no } = node.attrs as { name: string; yes: string | null; no: string | null };
    return ["span", { "data-field": name, ...(yes === null ? {} : { "data-yes": yes, "data-no": no ?? "" }) }];
  },
});

/** The rows of a table field, at the place where they are read. */
export const FieldTableNode = Node.create({
  name: "fieldTable",
  group: "block",
  atom: true,
  addAttributes() {
    return { name: { default: "", parseHTML: (element) => element.getAttribute("data-field-table") ?? "" } };
  },
  parseHTML: () => [{ tag: "div[data-field-table]" }],
  renderHTML: ({ node }) => ["div", { "data-field-table": node.attrs.name }],
});

export type Direction = "ltr" | "rtl";
const directions: readonly unknown[] = ["ltr", "rtl"];
const blocks = ["paragraph", "heading", "bulletList", "orderedList", "table", "fieldTable", "clauseTitle"];

/**
 * Blocks keep an id of their own, so that a comment or a check can name them whatever moves around them, and may have
 * a direction; without one it follows from the letters.
 */
const BlockAttributes = Extension.create({
  name: "blockAttributes",
  addGlobalAttributes: () => [
    {
      types: blocks,
      attributes: {
        id: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
        dir: {
          default: null,
          parseHTML: (element) => (directions.includes(element.dir) ? element.dir : null),
          renderHTML: ({ dir }) => ({ dir: directions.includes(dir) ? dir : "auto" }),
        },
      },
    },
  ],
});

export function textExtensions(): Extensions {
  return [
    StarterKit.configure({
      document: false,
      blockquote: false,
      code: false,
      codeBlock: false,
      strike: false,
      horizontalRule: false,
      bulletList: false,
      orderedList: false,
      listItem: false,
      listKeymap: false,
      link: false,
      // Undo comes from the collaboration: it must never undo another person's change.
      undoRedo: false,
      trailingNode: false,
      heading: { levels: [3] },
    }),
    Text,
    Clause,
    ClauseTitle,
    FieldNode,
    FieldTableNode,
    BulletList,
    OrderedList,
    ListItem,
    ListKeymap,
    Table.configure({ resizable: false }),
    TableRow,
    TableHeader,
    TableCell,
    Link.configure({
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      isAllowedUri: (href) => isSafeLink(href),
      HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
    }),
    BlockAttributes,
  ];
}
