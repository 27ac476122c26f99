import canonicalize from "canonicalize";
import { digest as sha256 } from "lib0/hash/sha256";
import { findClause } from "../templates/agreement.ts";
import type { Fields } from "./field-text.ts";
import type { TextNode } from "./text-node.ts";

/** What is agreed, signed and verified. Keys and their order follow from RFC 8785. */
export type Content = {
  template: string;
  fields: Fields;
  languages: Record<string, TextNode>;
  /** closed annexes that are signed with the text, in the order of their numbers; absent where there are none */
  annexes?: readonly ClosedAnnex[];
};

/** An annex as the text that it belongs to names it: `digest` is the SHA-256 of its own canonical bytes, in hex. */
export type ClosedAnnex = { annex: string; version: number; digest: string };

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hex; the same in the browser and on the server. */
export function digestOfText(text: string): string {
  return Array.from(sha256(new TextEncoder().encode(text)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function canonicalForm(value: unknown): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new Error("an object always has a canonical form");
  return canonical;
}

/**
 * For every clause, by its id, the digest of what a party agrees to: its words in all languages, the values of the
 * fields that stand in them, and those that the template asks for there. A change of a date in one clause so voids the
 * yes to every clause that names the date, and to no other.
 */
export function clauseDigests({ fields, languages }: Pick<Content, "fields" | "languages">): Map<string, string> {
  const words = new Map<string, Record<string, TextNode[]>>();
  for (const [language, text] of Object.entries(languages)) {
    for (const clause of text.content ?? []) {
      const id = String(clause.attrs?.clauseId ?? "");
      const known = words.get(id) ?? {};
      words.set(id, { ...known, [language]: [...(known[language] ?? []), clause] });
    }
  }
  return new Map([...words].map(([id, byLanguage]) => [id, digestOfClause(id, byLanguage, fields)]));
}

function digestOfClause(id: string, languages: Record<string, TextNode[]>, fields: Fields): string {
  const names = new Set(findClause(id)?.fields.map((field) => field.name));
  for (const node of Object.values(languages).flat()) addFieldNames(node, names);
  const values = Object.fromEntries([...names].filter((name) => name in fields).map((name) => [name, fields[name]]));
  return digestOfText(canonicalForm({ clause: id, fields: values, languages }));
}

function addFieldNames(node: TextNode, names: Set<string>): void {
  if (node.type === "field" || node.type === "fieldTable") names.add(String(node.attrs?.name));
  for (const child of node.content ?? []) addFieldNames(child, names);
}
