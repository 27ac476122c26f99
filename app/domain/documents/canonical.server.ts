import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as Y from "yjs";
import type { Fields } from "./field-text.ts";
import { fieldsOf, languagesOf, textOf } from "./text.ts";
import type { TextNode } from "./text-node.ts";

/** What is agreed, signed and verified. Keys and their order follow from RFC 8785. */
export type Canonical = { template: string; fields: Fields; languages: Record<string, TextNode> };

/**
 * The canonical bytes of a document and their SHA-256 in hex. The same state gives the same bytes on any machine.
 * Throws MalformedText when the document is not an arrangement.
 */
export function canonicalText(
  doc: Y.Doc,
  template: string,
): { canonical: string; digest: string } & Omit<Canonical, "template"> {
  const languages = Object.fromEntries(languagesOf(doc).map((language) => [language, textOf(doc, language)]));
  const fields = fieldsOf(doc);
  const content: Canonical = { template, fields, languages };
  const canonical = canonicalize(content);
  if (canonical === undefined) throw new Error("an object always has a canonical form");
  return { canonical, digest: digestOf(canonical), fields, languages };
}

/** SHA-256 of bytes, or of the UTF-8 bytes of a text, in lower-case hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
