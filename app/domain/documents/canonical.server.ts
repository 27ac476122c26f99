import { createHash } from "node:crypto";
import type * as Y from "yjs";
import { type ClosedAnnex, type Content, canonicalForm } from "./content.ts";
import { fieldsOf, languagesOf, textOf } from "./text.ts";

/** What the document holds, checked against the schema. Throws MalformedText when it is not an arrangement. */
export function contentOf(doc: Y.Doc, template: string, annexes: readonly ClosedAnnex[] = []): Content {
  const languages = Object.fromEntries(languagesOf(doc).map((language) => [language, textOf(doc, language)]));
  return { template, fields: fieldsOf(doc), languages, ...(annexes.length > 0 ? { annexes } : {}) };
}

/**
 * The canonical bytes of a document and their SHA-256 in hex. The same state gives the same bytes on any machine.
 * Throws MalformedText when the document is not an arrangement.
 */
export function canonicalText(
  doc: Y.Doc,
  template: string,
  annexes: readonly ClosedAnnex[] = [],
): { canonical: string; digest: string } & Omit<Content, "template"> {
  const content = contentOf(doc, template, annexes);
  const canonical = canonicalForm(content);
  return { canonical, digest: digestOf(canonical), fields: content.fields, languages: content.languages };
}

/** SHA-256 of bytes, or of the UTF-8 bytes of a text, in lower-case hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
