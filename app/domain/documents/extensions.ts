import { Extension, type Extensions, mergeAttributes, Node } from "@tiptap/core";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";
import { checks, isDirection, isFieldName, isSafeLink, spanOf, startOf, wordsOf } from "./attributes.ts";

export { isSafeLink };

/**
 * The one list of what an arrangement may hold. The editor adds views to it, the server checks every update against
 * the schema made from it (schema.ts). Numbers of clauses and paragraphs are never content.
 */
const Text = Node.create({ name: "doc", topNode: true, content: "clause+" });

const Clause = Node.create({
  name: "clause",
  content: "clauseTitle block+",
  defining: true,
  isolating: true,
  addAttributes() {
    return {
      // A pasted clause is a new one: two clauses must never share an identity, and only the template fixes one.
      clauseId: { default: null, parseHTML: () => null, validate: checks.clauseId },
      fixed: { default: false, parseHTML: () => false, validate: checks.fixed },
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
  // Not every h2: headings pasted from elsewhere are headings inside a clause.
  parseHTML: () => [{ tag: "h2[data-clause-title]" }],
  renderHTML: ({ HTMLAttributes }) => [
    "h2",
    mergeAttributes(HTMLAttributes, { class: "clause-title", "data-clause-title": "" }),
    0,
  ],
});

/** A value of the arrangement inside a sentence. The value itself stands beside the text, in `fields`. */
export const FieldNode = Node.create({
  name: "field",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes() {
    return {
      name: { default: "", parseHTML: (element) => element.getAttribute("data-field"), validate: checks.fieldName },
      yes: { default: null, parseHTML: (element) => wordsOf(element, "data-yes"), validate: checks.words },
      no: { default: null, parseHTML: (element) => wordsOf(element, "data-no"), validate: checks.words },
    };
  },
  parseHTML: () => [{ tag: "span[data-field]", getAttrs: (element) => isFieldName(element.dataset.field) && null }],
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
    return {
      name: {
        default: "",
        parseHTML: (element) => element.getAttribute("data-field-table"),
        validate: checks.fieldName,
      },
    };
  },
  parseHTML: () => [
    { tag: "div[data-field-table]", getAttrs: (element) => isFieldName(element.dataset.fieldTable) && null },
  ],
  renderHTML: ({ node }) => ["div", { "data-field-table": node.attrs.name }],
});

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
        id: { default: null, parseHTML: () => null, renderHTML: () => ({}), validate: checks.blockId },
        dir: {
          default: null,
          parseHTML: (element) => (isDirection(element.dir) ? element.dir : null),
          renderHTML: ({ dir }) => ({ dir: isDirection(dir) ? dir : "auto" }),
          validate: checks.direction,
        },
      },
    },
  ],
});

/** Attributes of the kit that a text needs, bounded; the others cannot be set. */
const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (cell: Element) => spanOf(cell, "colspan"), validate: checks.span },
  rowspan: { default: 1, parseHTML: (cell: Element) => spanOf(cell, "rowspan"), validate: checks.span },
  colwidth: { default: null, parseHTML: () => null, validate: checks.nothing },
});
const Cell = TableCell.extend({ addAttributes: cellAttributes });
const HeaderCell = TableHeader.extend({ addAttributes: cellAttributes });
const NumberedList = OrderedList.extend({
  addAttributes: () => ({ start: { default: 1, parseHTML: startOf, validate: checks.start } }),
});
const SafeLink = Link.extend({ addAttributes: () => ({ href: { default: null, validate: checks.link } }) });

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
    NumberedList,
    ListItem,
    ListKeymap,
    Table.configure({ resizable: false, renderWrapper: true }),
    TableRow,
    HeaderCell,
    Cell,
    SafeLink.configure({
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      isAllowedUri: (href) => isSafeLink(href),
      HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
    }),
    BlockAttributes,
  ];
}
