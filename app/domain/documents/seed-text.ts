import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { findClause, findField } from "../templates/agreement.ts";
import type { Clause, Segment } from "../templates/fields.ts";
import { fitsSentence } from "../templates/library-text.ts";
import { plainText } from "./clauses.ts";
import { writeFields } from "./field-rows.ts";
import type { Fields } from "./field-text.ts";
import { textSchema } from "./schema.ts";
import { fieldsName, textName } from "./text.ts";
import type { TextNode } from "./text-node.ts";

/** The Yjs client of the starting text. No person is ever given it. */
export const seedingClient = 1;

type Seed = { clauses: readonly Clause[]; fields: Fields; newBlockId: () => string };

/**
 * Row 1 of the history (C11): the starting wording of every clause and the first values of the fields, as one update.
 * The same input gives the same bytes; `newBlockId` gives each block its id.
 */
export function seedText(input: Seed): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = seedingClient;
  doc.transact(() => {
    let rows = 0;
    writeFields(doc.getMap(fieldsName), input.fields, () => `s${++rows}`);
    const text: TextNode = {
      type: "doc",
      content: input.clauses.map((clause) => startingClause(clause, input.newBlockId)),
    };
    prosemirrorJSONToYXmlFragment(textSchema(), text, doc.getXmlFragment(textName("en")));
  });
  return Y.encodeStateAsUpdate(doc);
}

function startingClause(clause: Clause, newBlockId: () => string): TextNode {
  return {
    type: "clause",
    attrs: { clauseId: clause.id, fixed: clause.fixed },
    content: [
      startingTitle(clause.titles.en ?? clause.id, newBlockId),
      ...startingBlocks(clause.wording.en ?? [], newBlockId),
    ],
  };
}

const startingTitle = (title: string, newBlockId: () => string): TextNode => ({
  type: "clauseTitle",
  attrs: { id: newBlockId() },
  ...(title === "" ? {} : { content: [{ type: "text", text: title }] }),
});

/**
 * The text in another language to begin with: the clauses of `base`, with the titles and wordings that the template has
 * in that language (BCP 47). Where it has none, the values stand in their places and the words are missing.
 */
export function textInLanguage(base: TextNode, language: string, newBlockId: () => string): TextNode {
  const primary = language.split("-", 1)[0] ?? language;
  const content = (base.content ?? []).map((clause): TextNode => {
    const known = findClause(String(clause.attrs?.clauseId));
    const [title, ...blocks] = clause.content ?? [];
    const wording = known?.wording[language] ?? known?.wording[primary];
    const words = wording
      ? startingBlocks(wording, newBlockId)
      : blocks.flatMap((block) => valuesOf(block, newBlockId));
    return {
      type: "clause",
      attrs: { clauseId: clause.attrs?.clauseId, fixed: clause.attrs?.fixed },
      content: [
        startingTitle(known?.titles[language] ?? known?.titles[primary] ?? plainText(title), newBlockId),
        ...(words.length > 0 ? words : [{ type: "paragraph", attrs: { id: newBlockId() } }]),
      ],
    };
  });
  return { type: "doc", content };
}

/** A table of values as it is; of a paragraph the values that stand in its words. Lists and tables are to be written. */
function valuesOf(block: TextNode, newBlockId: () => string): TextNode[] {
  if (block.type === "fieldTable") return [{ ...block, attrs: { ...block.attrs, id: newBlockId() } }];
  if (block.type !== "paragraph") return [];
  const values = (block.content ?? []).filter(({ type, attrs }) => type === "field" && attrs?.yes == null);
  const content = values.flatMap((value, n) => (n === 0 ? [value] : [{ type: "text", text: " " }, value]));
  return [{ type: "paragraph", attrs: { id: newBlockId() }, ...(content.length > 0 ? { content } : {}) }];
}

/** Paragraphs, and the tables that the wording names between its sentences: a table has no place inside one. */
function startingBlocks(wording: readonly Segment[], newBlockId: () => string): TextNode[] {
  const blocks: TextNode[] = [];
  let sentence: Segment[] = [];
  const close = () => {
    if (sentence.length > 0)
      blocks.push({ type: "paragraph", attrs: { id: newBlockId() }, content: sentence.map(startingWord) });
    sentence = [];
  };
  for (const segment of wording) {
    if (typeof segment === "string" || fitsSentence(findField(segment.field))) sentence.push(segment);
    else {
      close();
      blocks.push({ type: "fieldTable", attrs: { id: newBlockId(), name: segment.field } });
    }
  }
  close();
  // A clause without words yet has a place for them.
  return blocks.length > 0 ? blocks : [{ type: "paragraph", attrs: { id: newBlockId() } }];
}

export function startingWord(segment: Segment): TextNode {
  if (typeof segment === "string") return { type: "text", text: segment };
  const { field, yes = null, no = null } = segment;
  return { type: "field", attrs: { name: field, yes, no } };
}
