import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { clauses } from "../templates/agreement.ts";
import type { Clause, Segment } from "../templates/fields.ts";
import { writeFields } from "./field-rows.ts";
import type { Fields } from "./field-text.ts";
import { textSchema } from "./schema.ts";
import { fieldsName, textName } from "./text.ts";
import type { TextNode } from "./text-node.ts";

/** The Yjs client of the starting text. No person is ever given it. */
export const seedingClient = 1;

/**
 * Row 1 of the history (C11): the starting wording of every clause and the first values of the fields, as one update.
 * The same input gives the same bytes; `newBlockId` gives each block its id.
 */
export function seedAgreement(input: { fields: Fields; newBlockId: () => string }): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = seedingClient;
  doc.transact(() => {
    let rows = 0;
    writeFields(doc.getMap(fieldsName), input.fields, () => `s${++rows}`);
    const text: TextNode = { type: "doc", content: clauses.map((clause) => startingClause(clause, input.newBlockId)) };
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
      { type: "paragraph", attrs: { id: newBlockId() }, content: (clause.wording.en ?? []).map(startingWord) },
    ],
  };
}

export function startingWord(segment: Segment): TextNode {
  if (typeof segment === "string") return { type: "text", text: segment };
  const { field, yes = null, no = null } = segment;
  return { type: "field", attrs: { name: field, yes, no } };
}
