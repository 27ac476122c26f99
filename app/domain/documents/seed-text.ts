import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { findField } from "../templates/agreement.ts";
import type { Clause, Segment } from "../templates/fields.ts";
import { fitsSentence } from "../templates/library-text.ts";
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
      {
        type: "clauseTitle",
        attrs: { id: newBlockId() },
        content: [{ type: "text", text: clause.titles.en ?? clause.id }],
      },
      ...startingBlocks(clause.wording.en ?? [], newBlockId),
    ],
  };
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
