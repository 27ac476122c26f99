import { yXmlFragmentToProsemirrorJSON } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { readFields } from "./field-rows.ts";
import type { Fields } from "./field-text.ts";
import { textSchema } from "./schema.ts";
import type { TextNode } from "./text-node.ts";

/** Names of the parts of a document: the values of its fields, and one text for each language. */
export const fieldsName = "fields";
export const textName = (language: string) => `text:${language}`;

/** Deeper trees than any legal text needs break every recursive walk (a 16 KB update can build one). */
export const maxDepth = 64;

/** A text that is not an arrangement: built by something other than the editor. */
export class MalformedText extends Error {
  override name = "MalformedText";
}

/** Languages for which the document holds a text, in order. An editor that looks for one does not make it. */
export function languagesOf(doc: Y.Doc): string[] {
  return [...doc.share.keys()]
    .filter((name) => name.startsWith("text:") && doc.getXmlFragment(name).length > 0)
    .map((name) => name.slice("text:".length))
    .sort();
}

/** The language asked for, where the text has words in it; else English, in which every text begins. */
export function languageIn(begun: readonly string[], asked: string | null): string {
  return asked !== null && begun.includes(asked) ? asked : "en";
}

/** The values as plain JSON; tables are lists of rows, in the order in which they are read. */
export function fieldsOf(doc: Y.Doc): Fields {
  return readFields(doc.getMap(fieldsName).toJSON());
}

/** The text of one language as it is, where it has been checked before: a browser's own copy. */
export function readText(doc: Y.Doc, language: string): TextNode {
  return yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(textName(language))) as TextNode;
}

/** The text of one language, checked against the schema. Throws MalformedText; drops nothing. */
export function textOf(doc: Y.Doc, language: string): TextNode {
  const fragment = doc.getXmlFragment(textName(language));
  checkDepth(fragment);
  const json = readText(doc, language);
  try {
    textSchema().nodeFromJSON(json).check();
  } catch (error) {
    throw new MalformedText(`text of ${language}: ${String(error)}`);
  }
  return json;
}

/** Walks without recursion: the very thing to find out is whether recursion would be safe. */
function checkDepth(fragment: Y.XmlFragment): void {
  const waiting: { type: Y.XmlFragment | Y.XmlElement; depth: number }[] = [{ type: fragment, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > maxDepth) throw new MalformedText(`nested deeper than ${maxDepth}`);
    for (const child of next.type.toArray()) {
      if (child instanceof Y.XmlElement) waiting.push({ type: child, depth: next.depth + 1 });
    }
  }
}
